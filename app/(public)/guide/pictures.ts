import type { Language } from "#lib/kernel/context.ts";
import type { GuideName, Step } from "./guides.ts";

/** Of every picture in CSS pixels; the files have twice as many each way. */
export const PICTURE = { width: 520, height: 236 } as const;

/** The file of a step's picture, below `public`. Made by `npm run screens -- guides`. */
export const pictureOf = (guide: GuideName, step: Step, language: Language): string =>
  `/guide/${guide}-${step}-${language}.png`;
