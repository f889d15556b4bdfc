import type { Context } from "#lib/kernel/context.ts";
import { isPublished, PUBLISHED_AHEAD, type SigningAlg, signerAt } from "#lib/relying-party/signing-keys/key-life.ts";
import { readLives } from "#lib/relying-party/signing-keys/read-signing-keys.ts";
import { rotateSigningKeys } from "#lib/relying-party/signing-keys/rotate-signing-keys.ts";
import { withdrawSigningKeys } from "#lib/relying-party/signing-keys/withdraw-signing-keys.ts";
import { actAsOperator } from "./act-as-operator.ts";
import type { Command, ExitCode } from "./command.ts";
import { addKey, removeKey, showKeys } from "./deployment-keys.ts";

export const keys: Command = {
  summary: "replace the keys that sign for other systems, or the deployment's own, without an outage",
  help: `Usage: npm run kunci -- keys rotate [--compromised] [--json]
       npm run kunci -- keys list [--json]
       npm run kunci -- keys status [--json]
       npm run kunci -- keys add PURPOSE [--print]
       npm run kunci -- keys remove PURPOSE ID [--compromised] [--print]

Of the keys that sign for other systems, which lie in the database:

rotate  makes a new key of each algorithm (RS256, also for PS256, and ES256). It is published at once, signs after 10 minutes, and the
        present one stays published for two days more: no sign-in fails. Asked again within those minutes it makes nothing, and says
        which key is waiting. Running instances follow within seconds. The portal does the same by itself every 90 days.
        --compromised: the present keys are withdrawn at once and new ones sign at once. Systems that keep the key set turn
        sign-ins away until they look again: minutes, for most.
list    the keys that are published, and what each does.

Of the deployment's own keys (KUNCI_KEYS, KUNCI_KEYS_FILE); PURPOSE is sealing, lookup, link, cookie or audit:

status  every key, what it does, what still needs it, and which instances do not hold it. --json prints [{ "purpose", "keyId",
        "state", "held", "left", "until", "missing", "keeps" }]; "state" is "waits", "writes", "reads" or "spent".
add     makes a new key and puts it into the file as the current one. It writes once every instance holds it; until then all go on with
        the former. Then the portal seals and places anew in the background what the former one made.
remove  takes a spent key out of the file; refuses, and says why, as long as something needs it.
        --compromised: a link or cookie key that only reads is taken out at once; what it made opens nothing from each instance's next
        start on, and people ask again.
        --print, or KUNCI_KEYS in the environment: the new keys go to standard output, and no file is touched.

list and rotate: --json prints [{ "kid", "alg", "state",
"signsFrom" }]; "state" is "signs", "waits" or "verifies".`,
  options: ["--json", "--compromised", "--print"],
  operands: 3,
  run: async (options, { operands: [what, purpose, keyId] }) => {
    const print = options.has("--print");
    if (what === "status") return actAsOperator((ctx) => showKeys(ctx, options.has("--json")));
    if (what === "add") return actAsOperator((ctx, config) => addKey(ctx, config, { purpose, print }));
    if (what === "remove")
      return actAsOperator((ctx, config) =>
        removeKey(ctx, config, { purpose, keyId, print, compromised: options.has("--compromised") }),
      );
    const isMisused = what === "list" && options.has("--compromised");
    if ((what !== "rotate" && what !== "list") || isMisused) {
      console.error(
        `kunci: ${isMisused ? "keys list does not know --compromised" : "keys rotate, list, status, add or remove?"}\n\n${keys.help}`,
      );
      return 2;
    }
    return actAsOperator(async (ctx): Promise<ExitCode> => {
      const rotated = what === "rotate" && (await rotate(ctx, options.has("--compromised")));
      const published = await publishedKeys(ctx);
      if (options.has("--json")) console.log(JSON.stringify(published, null, 2));
      else for (const line of [...(rotated || []), ...linesOf(published)]) console.log(line);
      return 0;
    });
  },
};

/** What was done, a line each. */
async function rotate(ctx: Context, compromised: boolean): Promise<string[]> {
  if (compromised) {
    await withdrawSigningKeys(ctx);
    return ["Withdrawn. New keys sign from now on.", ""];
  }
  const rotated = await rotateSigningKeys(ctx, PUBLISHED_AHEAD.byCommand);
  const made = rotated.some((each) => each.made);
  return [made ? "New keys are published." : "New keys are published already and wait; nothing was made.", ""];
}

type Published = { kid: string; alg: SigningAlg; state: "signs" | "waits" | "verifies"; signsFrom: Date };

async function publishedKeys(ctx: Context): Promise<Published[]> {
  const now = ctx.now();
  const lives = (await readLives(ctx)).filter((key) => isPublished(key, now));
  return lives.map(({ kid, alg, signsFrom }) => ({
    ...{ kid, alg, signsFrom },
    state: signerAt(lives, alg, now)?.kid === kid ? "signs" : signsFrom > now ? "waits" : "verifies",
  }));
}

function linesOf(published: readonly Published[]): string[] {
  if (published.length === 0)
    return ["There are no keys yet: the portal makes them when it starts, or keys rotate does."];
  return published.map(
    ({ kid, alg, state, signsFrom }) =>
      `${alg}  ${kid}  ${state === "waits" ? `signs from ${signsFrom.toISOString()}` : state}`,
  );
}
