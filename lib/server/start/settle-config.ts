import { type Config, config } from "../config.ts";
import { loadKeyring } from "./keys.ts";
import { readEnvironment } from "./read-environment.ts";
import { StartRefused } from "./start-refused.ts";

/**
 * The configuration, with the keys that are given looked at before anything is touched (a demonstration's own come with its
 * database). Throws `StartRefused` with everything that is wrong in either, so that one start tells all of it.
 */
export function settleConfig(): Config {
  const told = [...refusalsOf(config), ...refusalsOf(lookAtGivenKeys)];
  if (told.length > 0) throw new StartRefused(told);
  return config();
}

function lookAtGivenKeys(): void {
  const { optional } = readEnvironment(process.env);
  const given = { keysJson: optional("KUNCI_KEYS") ?? null, keysFile: optional("KUNCI_KEYS_FILE") ?? null };
  // Which of two would be meant is not for us to say, and the configuration refuses it.
  if (Boolean(given.keysJson) !== Boolean(given.keysFile)) loadKeyring({ ...given, dataDir: "" }, false);
}

function refusalsOf(attempt: () => unknown): readonly string[] {
  try {
    attempt();
    return [];
  } catch (fault) {
    if (fault instanceof StartRefused) return fault.lines;
    throw fault;
  }
}
