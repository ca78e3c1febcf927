// "How do you feel?": the plane, where the mood comes from, quick choices, and what the music is to do.
import { kEmotionPlaces, kEmotions } from "../core/emotions.ts";
import { kStrategies, type Strategy } from "../core/protocol.ts";
import { kFamiliar, type Familiar, type House } from "../live/house.ts";
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

function Strategies({ house }: { house: House }) {
  const chosen = useCell(house.strategy);
  return (
    <fieldset class="strategies">
      <legend>The music should</legend>
      <div class="segments">
        {kStrategies.map((name) => (
          <label key={name} title={kStrategyWords[name].hint}>
            <input
              type="radio" name="strategy" value={name} checked={chosen === name} data-testid={`strategy-${name}`}
              onChange={() => house.set_strategy(name)}
            />
            <span>{kStrategyWords[name].label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

const kFamiliarWords: Readonly<Record<Familiar, { label: string; hint: string }>> = {
  any: { label: "whatever fits", hint: "Songs that you know and others, as they fit" },
  known: { label: "songs I know", hint: "Heard to the end before, or liked" },
  mixed: { label: "half of each", hint: "As many that you know as others" },
  new: { label: "new to me", hint: "Never heard to the end, and not liked yet" },
};

function Familiarity({ house }: { house: House }) {
  const chosen = useCell(house.familiar);
  return (
    <fieldset class="strategies">
      <legend>Play</legend>
      <div class="segments">
        {(Object.keys(kFamiliar) as Familiar[]).map((name) => (
          <label key={name} title={kFamiliarWords[name].hint}>
            <input
              type="radio" name="familiar" value={name} checked={chosen === name} data-testid={`familiar-${name}`}
              onChange={() => house.set_familiar(name)}
            />
            <span>{kFamiliarWords[name].label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
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
