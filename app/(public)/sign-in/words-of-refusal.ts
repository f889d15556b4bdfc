import { redirect } from "next/navigation";
import { answerWith } from "#lib/server/answer.ts";
import type { SignInAnswer } from "#lib/sign-in/finish-proof.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { tooManyTries } from "../too-many-tries.ts";

/** How soon to come back when too many hashes wait, in seconds. */
const BUSY_RETRY = 5;

/**
 * What a refused proof says on its page, with the status that belongs to it. `mismatch`: the words of that page for
 * everything that concerns the account. Away to the beginning where no sign-in waits in this browser any more.
 */
export async function wordsOfRefusal(
  { error, retryAfterSeconds }: Extract<SignInAnswer, { ok: false }>,
  mismatch: string,
): Promise<string> {
  switch (error) {
    case "start_again":
      redirect("/sign-in?notice=startAgain");
      break;
    case "busy":
      answerWith(503, { "retry-after": String(BUSY_RETRY) });
      return (await getTranslations("signIn"))("busy");
    case "too_many":
      return tooManyTries(retryAfterSeconds);
    default:
      return mismatch;
  }
}
