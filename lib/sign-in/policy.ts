import { type Aal, levels } from "./assurance.ts";

/** What asks for a level. Whoever asks for most decides. */
export type Demands = { portal: Aal; account?: Aal; relyingParty?: Aal; console?: Aal };

export const PORTAL_MINIMUM: Aal = "aal1";

export function requiredLevel(demands: Demands): Aal {
  const asked = Object.values(demands).map((level) => levels.indexOf(level));
  return levels[Math.max(...asked)] ?? PORTAL_MINIMUM;
}
