import type { Context } from "#lib/kernel/context.ts";
import { isPublished, PUBLISHED_AHEAD, type SigningAlg, signerAt } from "#lib/relying-party/signing-keys/key-life.ts";
import { readLives } from "#lib/relying-party/signing-keys/read-signing-keys.ts";
import { rotateSigningKeys } from "#lib/relying-party/signing-keys/rotate-signing-keys.ts";
import { withdrawSigningKeys } from "#lib/relying-party/signing-keys/withdraw-signing-keys.ts";
import { actAsOperator } from "./act-as-operator.ts";
import type { Command, ExitCode } from "./command.ts";

export const keys: Command = {
  summary: "replace the keys that sign for other systems, or list them",
  help: `Usage: npm run kunci -- keys rotate [--compromised] [--json]
       npm run kunci -- keys list [--json]

rotate  makes a new key of each algorithm (RS256, also for PS256, and ES256). It is published at once, signs after 10 minutes, and the
        present one stays published for two days more: no sign-in fails. Asked again within those minutes it makes nothing, and says
        which key is waiting. Running instances follow within seconds. The portal does the same by itself every 90 days.
        --compromised: the present keys are withdrawn at once and new ones sign at once. Systems that keep the key set turn
        sign-ins away until they look again: minutes, for most.
list    the keys that are published, and what each does.

These are not the deployment's own keys (KUNCI_KEYS), which seal what is stored. --json prints [{ "kid", "alg", "state",
"signsFrom" }]; "state" is "signs", "waits" or "verifies".`,
  options: ["--json", "--compromised"],
  operands: 1,
  run: async (options, { operands: [what] }) => {
    const isMisused = what === "list" && options.has("--compromised");
    if ((what !== "rotate" && what !== "list") || isMisused) {
      console.error(
        `kunci: ${isMisused ? "keys list does not know --compromised" : "keys rotate, or keys list?"}\n\n${keys.help}`,
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
