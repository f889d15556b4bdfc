import { orElse } from "#app/or-else.tsx";
import { ConsoleMissing } from "./missing.tsx";

export const orMissing = orElse(ConsoleMissing);
