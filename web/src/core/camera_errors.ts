// Why a camera did not start, in words with a remedy. The names are those of the DOMException of getUserMedia.

const kEverythingElse = "Everything else works without it: set the mood by hand.";

export function camera_refusal(name: string): string {
  switch (name) {
    case "NotAllowedError":
    case "SecurityError":
      return `The camera was not allowed. You can allow it beside the address of this page. ${kEverythingElse}`;
    case "NotFoundError":
    case "OverconstrainedError":
      return `No camera was found. Plug one in and try again. ${kEverythingElse}`;
    case "NotReadableError":
    case "AbortError":
      return `The camera is in use by another program. Close that one and try again. ${kEverythingElse}`;
    case "Unsupported":
      return `A camera needs this page on localhost or over HTTPS. ${kEverythingElse}`;
    default:
      return `The camera did not start (${name}). ${kEverythingElse}`;
  }
}
