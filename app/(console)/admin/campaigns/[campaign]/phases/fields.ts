export type PhaseField = "fromDay" | "untilDay" | "offices";
/** In the order of the page. */
export const phaseFields = ["fromDay", "untilDay", "offices"] as const satisfies readonly PhaseField[];
