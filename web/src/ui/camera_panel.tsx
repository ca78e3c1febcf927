// The camera: off until asked for, and plainly visible while it is on.
import { useEffect, useRef } from "preact/hooks";
import { kEmotions, kExpressionLabels, type EmotionScores } from "../core/emotions.ts";
import { expression_of, hint_for, main_face } from "../core/hints.ts";
import type { Reading } from "../core/protocol.ts";
import type { House } from "../live/house.ts";
import { CameraIcon } from "./icons.tsx";
import { ListenerOffer } from "./listener_offer.tsx";
import { MovementSwitch } from "./movement_switch.tsx";
import { RestRing, RestTools } from "./rest_capture.tsx";
import { useCell } from "./use_cell.ts";

function FaceBoxes({ reading }: { reading: Reading }) {
  const followed = main_face(reading);
  return (
    <svg
      class={reading.reason === null ? "boxes" : "boxes doubtful"} aria-hidden="true"
      viewBox={`0 0 ${reading.width} ${reading.height}`} preserveAspectRatio="xMidYMid slice"
    >
      {reading.faces.map((face) => {
        const [x, y, width, height] = face.box;
        const radius = Math.min(width, height) * 0.12;
        return (
          <rect key={face.id} class={face === followed ? "main" : "other"} x={x} y={y} width={width} height={height} rx={radius} />
        );
      })}
    </svg>
  );
}

function Picture({ house, reading }: { house: House; reading: Reading | null }) {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { video } = house.camera;
    video.setAttribute("aria-label", "What the camera sees");
    frame.current?.prepend(video);
    void video.play().catch(() => undefined); // moving the element paused it; the stream itself is fine
    return () => video.remove();
  }, [house]);
  return (
    <div class="picture" ref={frame}>
      {reading !== null && <FaceBoxes reading={reading} />}
      <span class="live-sign"><span class="lamp" aria-hidden="true" />camera on</span>
      <RestRing house={house} />
    </div>
  );
}

function Bars({ scores, named }: { scores: EmotionScores | null; named: string | null }) {
  return (
    <ul class="bars" aria-label="Confidence for each expression">
      {kEmotions.map((name) => {
        const score = scores?.[name] ?? null;
        const text = score === null ? "–" : `${Math.round(score * 100)} %`;
        return (
          <li
            key={name} class={name === named ? "named" : ""} data-testid={`expression-bar-${name}`}
            data-score={score === null ? undefined : score.toFixed(3)}
          >
            <span class="what">{kExpressionLabels[name]}</span>
            <span class="bar" aria-hidden="true"><span style={{ transform: `scaleX(${score ?? 0})` }} /></span>
            <span class="percent">{text}</span>
          </li>
        );
      })}
    </ul>
  );
}

function Seen({ house }: { house: House }) {
  const reading = useCell(house.reading);
  const named = expression_of(reading);
  const face = reading === null ? null : main_face(reading);
  return (
    <div class="seen">
      <Picture house={house} reading={reading} />
      <div class="what-is-seen">
        <p class="expression">
          expression
          <strong data-testid="expression-name" data-expression={named ?? ""}>
            {named === null ? "—" : kExpressionLabels[named]}
          </strong>
        </p>
        <Bars scores={reading?.reason === "unsure" || reading?.reason === null ? (face?.scores ?? null) : null} named={named} />
        <p class={reading?.reason == null ? "hint good" : "hint"} data-testid="camera-hint" role="status">
          {hint_for(reading)}
        </p>
      </div>
    </div>
  );
}

function Seeing({ house }: { house: House }) {
  return (
    <>
      <ListenerOffer house={house} />
      <Seen house={house} />
      <div class="camera-tools">
        <RestTools house={house} />
        <MovementSwitch house={house} />
      </div>
    </>
  );
}

function Words({ house }: { house: House }) {
  const state = useCell(house.camera.state);
  if (state.phase === "refused") {
    return <p class="hint" data-testid="camera-hint" role="status">{state.why}</p>;
  }
  return (
    <p class="promise">
      {state.phase === "starting" ? "The browser asks whether the camera may be used." : (
        <>Your expression can set the mood. Pictures never leave the host that runs Harmonic Fusion; each is
        looked at, then dropped, and none is ever stored.</>
      )}
    </p>
  );
}

export function CameraPanel({ house }: { house: House }) {
  const { phase } = useCell(house.camera.state);
  const on = phase === "on" || phase === "starting";
  const press = () => (on ? house.camera.stop() : void house.camera.start());
  return (
    <section class={phase === "on" ? "card camera is-on" : "card camera"} aria-labelledby="camera-title">
      <div class="card-head">
        <h2 id="camera-title">Camera</h2>
        <button
          class={on ? "button" : "button primary"} data-testid="camera-toggle" data-phase={phase} aria-pressed={on} onClick={press}
        >
          <CameraIcon />{on ? "Turn the camera off" : "Turn the camera on"}
        </button>
      </div>
      {phase === "on" ? <Seeing house={house} /> : <Words house={house} />}
    </section>
  );
}
