// A value that can be watched: the whole of the page's state management.

export type Unwatch = () => void;

export class Cell<T> {
  private value_: T;
  private readonly watchers_ = new Set<(value: T) => void>();

  constructor(value: T) {
    this.value_ = value;
  }

  get value(): T {
    return this.value_;
  }

  set(value: T): void {
    if (Object.is(value, this.value_)) return;
    this.value_ = value;
    for (const watcher of [...this.watchers_]) watcher(value);
  }

  update(change: (value: T) => T): void {
    this.set(change(this.value_));
  }

  watch(watcher: (value: T) => void): Unwatch {
    this.watchers_.add(watcher);
    return () => this.watchers_.delete(watcher);
  }
}
