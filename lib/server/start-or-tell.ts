import { StartRefused } from "./config.ts";
import { runtime } from "./runtime.ts";
import { start } from "./start.ts";

/** Starts, and leaves the reasons of a refusal where the launcher finds them in plain words. */
export async function startOrTell(): Promise<void> {
  try {
    await start();
  } catch (fault) {
    if (fault instanceof StartRefused) runtime.refused = fault.lines;
    throw fault;
  }
}
