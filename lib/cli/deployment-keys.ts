import { and, eq } from "drizzle-orm";
import { keyCheck } from "#db/schema/key-check.ts";
import type { Context } from "#lib/kernel/context.ts";
import { keyPurposes } from "#lib/kernel/keyring.ts";
import type { Config } from "#lib/server/config.ts";
import { isPurpose, type KeyShown, keyStatus, whatKeeps } from "#lib/server/keys/key-status.ts";
import { withNewKey, withoutKey, writeKeysFile } from "#lib/server/keys/write-keys-file.ts";
import { keysFileOf, keysJson } from "#lib/server/start/keys.ts";
import type { ExitCode } from "./command.ts";

/** The deployment's own keys: what the commands `keys status`, `keys add` and `keys remove` do. */
export async function showKeys(ctx: Context, isJson: boolean): Promise<ExitCode> {
  const shown = await keyStatus(ctx);
  const listed = shown.map((key) => ({ ...key, keeps: whatKeeps(key) }));
  if (isJson) console.log(JSON.stringify(listed, null, 2));
  else for (const key of shown) console.log(lineOf(key));
  return 0;
}

const meanings = {
  waits: "waits until every instance holds it",
  writes: "writes",
  reads: "reads what it made",
  spent: "spent: nothing needs it, keys remove takes it away",
} as const;

function lineOf(key: KeyShown): string {
  const keeps = key.state === "reads" ? whatKeeps(key) : null;
  const missing = key.state === "spent" || key.missing.length === 0 ? "" : `; not held by ${key.missing.join(", ")}`;
  return `${key.purpose.padEnd(8)} ${key.keyId.padEnd(12)} ${meanings[key.state]}${keeps ? `: ${keeps}` : ""}${missing}`;
}

/** `compromised`: what the key made shall be good for nothing any more, now. */
type Asked = { purpose: string | undefined; keyId?: string | undefined; print: boolean; compromised?: boolean };

/** Makes a key and hands it out: into the file, or to standard output. 2 where no purpose was named. */
export async function addKey(ctx: Context, config: Config, { purpose, print }: Asked): Promise<ExitCode> {
  if (!isPurpose(purpose)) return unclear(`which of ${keyPurposes.join(", ")}?`);
  const shown = (await keyStatus(ctx)).filter((key) => key.purpose === purpose);
  const waits = shown.find(({ state }) => state === "waits");
  if (waits) return refused(`the ${purpose} key "${waits.keyId}" is being handed out already: ${lineOf(waits)}`);
  const reads = shown.find(({ state }) => state === "reads");
  if (purpose === "lookup" && reads)
    return refused(`the lookup key "${reads.keyId}" is still being replaced: ${whatKeeps(reads)}`);
  const { keys, keyId } = withNewKey(ctx.keys, purpose);
  if (!handOut(ctx, config, keys, print)) return 0;
  console.log(`The ${purpose} key "${keyId}" was made. It writes once every instance holds it: those that read this file follow within
seconds, give the others a copy. keys status shows it.`);
  return 0;
}

/** Takes a key away that nothing needs. 1 where something does, saying what. */
export async function removeKey(
  ctx: Context,
  config: Config,
  { purpose, keyId, print, compromised }: Asked,
): Promise<ExitCode> {
  if (!isPurpose(purpose)) return unclear(`which of ${keyPurposes.join(", ")}?`);
  if (keyId === undefined || !ctx.keys[purpose].keys[keyId])
    return unclear(`which of ${Object.keys(ctx.keys[purpose].keys).join(", ")}?`);
  const shown = (await keyStatus(ctx)).find((key) => key.purpose === purpose && key.keyId === keyId);
  const keeps = shown ? whatKeeps(shown) : null;
  const isOver = compromised && shown?.state === "reads" && shown.until !== null;
  if (keeps && !isOver) return refused(`the ${purpose} key "${keyId}" must stay: ${keeps}`);
  if (ctx.keys[purpose].asked === keyId)
    return refused(`the ${purpose} key "${keyId}" is the current one of these keys`);
  if (isOver) await endKey(ctx, shown);
  if (!handOut(ctx, config, withoutKey(ctx.keys, purpose, keyId), print)) return 0;
  console.log(`The ${purpose} key "${keyId}" was taken out. Instances that run forget it at their next start.`);
  return 0;
}

/** Of links or cookies alone: nothing that is kept needs it, and people ask again. */
async function endKey(ctx: Context, { purpose, keyId }: KeyShown): Promise<void> {
  await ctx.db
    .update(keyCheck)
    .set({ spentAt: ctx.now() })
    .where(and(eq(keyCheck.purpose, purpose), eq(keyCheck.keyId, keyId)));
}

/** Into the file they came from; to standard output where they came with the environment, or that is asked for. */
function handOut(ctx: Context, config: Config, keys: Context["keys"], print: boolean): boolean {
  const file = keysFileOf(config);
  if (file === null || print) {
    process.stdout.write(keysJson(keys));
    console.error("kunci: these are all keys; put them where the present ones are, for their owner's eyes alone.");
    return false;
  }
  writeKeysFile(file, ctx.keys, keys);
  return true;
}

function refused(why: string): ExitCode {
  console.error(`kunci: ${why}`);
  return 1;
}

function unclear(why: string): ExitCode {
  console.error(`kunci: ${why}`);
  return 2;
}
