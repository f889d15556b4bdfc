import { runtime } from "../runtime.ts";
import { start } from "./start.ts";
import { StartRefused } from "./start-refused.ts";

/** Starts, and leaves it to the launcher to say why it could not: what is thrown here, Next.js wraps and prints many times. */
export async function startOrTell(): Promise<void> {
  try {
    await start();
  } catch (fault) {
    if (fault instanceof StartRefused) runtime.refused = fault.lines;
    else runtime.fault = fault;
  }
}
