// What the page says about a picture: always what to do, never who the listener is.
import { strongest, type Emotion } from "./emotions.ts";
import type { Face, Reading, Reason } from "./protocol.ts";

export const kReasonHints: Readonly<Record<Reason, string>> = {
  no_face: "No face in the picture. Sit where the camera can see you.",
  too_dark: "Too dark. Turn a light on, or face a window.",
  too_blurred: "Too blurred. Hold still, or wipe the camera's glass.",
  too_small: "The face is too small. Come a little closer.",
  turned_away: "The face is turned away. Look towards the screen.",
  covered: "Something hides the eyes or the mouth. Take the hand, the mask or the dark glasses away.",
  unsure: "Not sure about this expression. Nothing is guessed from it.",
  unreadable: "This picture could not be read. The next one may do.",
  no_eyes: "This server cannot read expressions: its network is missing. Set the mood by hand.",
};

/** The face that counts: the one that the server follows; before it has chosen, nobody's. */
export function main_face(reading: Reading): Face | null {
  return reading.faces.find((face) => face.id === reading.followed) ?? null;
}

/** The expression to name, which is none when the server gave a reason not to. */
export function expression_of(reading: Reading | null): Emotion | null {
  if (reading === null || reading.reason !== null) return null;
  const face = main_face(reading);
  return face && strongest(face.scores);
}

export function hint_for(reading: Reading | null): string {
  if (reading === null) return "Waiting for the first picture…";
  if (reading.reason !== null) return kReasonHints[reading.reason];
  if (reading.faces.length > 1) return `${reading.faces.length} faces in the picture: the brightly framed one counts.`;
  return "The picture is good.";
}
