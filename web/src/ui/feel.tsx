// "How do you feel?": the plane, where the mood comes from, quick choices, and what the music is to do.
import { kEmotionPlaces, kEmotions } from "../core/emotions.ts";
import type { Strategy } from "../core/protocol.ts";
import type { Familiar, House } from "../live/house.ts";
import { MoodPlane } from "./mood_plane.tsx";
import { MoodTimeline } from "./mood_timeline.tsx";
import { tint } from "./theme.ts";
import { useCell } from "./use_cell.ts";

const kSourceWords = { camera: "from the camera", hand: "set by hand", none: "not known yet" } as const;

const kStrategyWords: Readonly<Record<Strategy, { label: string; hint: string }>> = {
  match: { label: "match my mood", hint: "Songs that sound as you feel" },
  lift: { label: "lift me", hint: "From where you are, a step brighter with each song" },
  calm: { label: "calm me", hint: "From where you are, a step quieter with each song" },
  focus: { label: "let me focus", hint: "Quiet, even music, however you feel" },
};

function Source({ house }: { house: House }) {
  const { source } = useCell(house.mood);
  const camera = useCell(house.camera.state);
  return (
    <div class="source">
      <span class={`chip ${source}`} data-testid="mood-source" data-source={source}>{kSourceWords[source]}</span>
      {source === "hand" && (
        <button class="quiet" data-testid="mood-release" onClick={() => house.release_mood()}>
          {camera.phase === "on" ? "give back to the camera" : "forget it"}
        </button>
      )}
    </div>
  );
}

function QuickMoods({ house }: { house: House }) {
  const { source, mood } = useCell(house.mood);
  return (
    <div class="moods" role="group" aria-label="Set the mood to">
      {kEmotions.map((name) => {
        const place = kEmotionPlaces[name];
        const chosen = source === "hand" && mood?.valence === place.valence && mood.arousal === place.arousal;
        return (
          <button
            key={name} class="mood" style={tint(place)} aria-pressed={chosen} data-testid={`mood-${name}`}
            onClick={() => house.set_mood(place)}
          >
            <span class="dot" aria-hidden="true" />{name}
          </button>
        );
      })}
    </div>
  );
}

interface ChoiceProps<Name extends string> {
  readonly legend: string;
  readonly group: string; // of its radio buttons, and before each name in a test id
  readonly words: Readonly<Record<Name, { label: string; hint: string }>>;
  readonly chosen: Name;
  readonly choose: (name: Name) => void;
}

/** One of a few words. */
function Choice<Name extends string>({ legend, group, words, chosen, choose }: ChoiceProps<Name>) {
  return (
    <fieldset class="strategies">
      <legend>{legend}</legend>
      <div class="segments">
        {(Object.keys(words) as Name[]).map((name) => (
          <label key={name} title={words[name].hint}>
            <input
              type="radio" name={group} value={name} checked={chosen === name} data-testid={`${group}-${name}`}
              onChange={() => choose(name)}
            />
            <span>{words[name].label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Strategies({ house }: { house: House }) {
  const chosen = useCell(house.strategy);
  return <Choice legend="The music should" group="strategy" words={kStrategyWords} chosen={chosen} choose={(name) => house.set_strategy(name)} />;
}

const kFamiliarWords: Readonly<Record<Familiar, { label: string; hint: string }>> = {
  any: { label: "whatever fits", hint: "Songs that you know and others, as they fit" },
  known: { label: "songs I know", hint: "Heard to the end before, or liked" },
  mixed: { label: "half of each", hint: "As many that you know as others" },
  new: { label: "new to me", hint: "Never heard to the end, and not liked yet" },
};

function Familiarity({ house }: { house: House }) {
  const chosen = useCell(house.familiar);
  return <Choice legend="Play" group="familiar" words={kFamiliarWords} chosen={chosen} choose={(name) => house.set_familiar(name)} />;
}

export function Feel({ house }: { house: House }) {
  const { phase } = useCell(house.camera.state);
  return (
    <section class="card feel" aria-labelledby="feel-title">
      <div class="card-head">
        <h2 id="feel-title">How do you feel?</h2>
        <Source house={house} />
      </div>
      <MoodPlane house={house} />
      <QuickMoods house={house} />
      <Strategies house={house} />
      <Familiarity house={house} />
      {phase === "on" && <MoodTimeline house={house} />}
    </section>
  );
}
