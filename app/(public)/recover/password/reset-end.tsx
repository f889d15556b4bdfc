import { minutes } from "#lib/kernel/time.ts";
import { RESET_LIFETIME } from "#lib/mail/letters.ts";
import type { ResetRefusal } from "#lib/recovery/forgotten-password/view-reset.ts";
import { readCookie } from "#lib/server/request/browser-cookies.ts";
import { currentSession } from "#lib/server/request/current-session.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { limits } from "#lib/throttle/limits.ts";
import { LinkEnd } from "../link-end.tsx";

const facts = { tries: limits.identityTriesPerReset, minutes: RESET_LIFETIME / minutes(1) };

/** Whoever has no link that works can ask for another one. */
const mayAskAgain: ReadonlySet<ResetRefusal> = new Set(["unknown", "expired"]);

/** No page helps any more, but the helpdesk does. */
const helpdeskOnly: ReadonlySet<ResetRefusal> = new Set(["tries_used", "not_possible", "no_questions"]);

/** A new password that cannot be chosen here, or was: what became of it, and the way on. */
export async function ResetEnd({ why }: { why: ResetRefusal }) {
  const [t, undo, session] = await Promise.all([getTranslations("recover.ends"), readCookie("undo"), currentSession()]);
  const done = why === "done";
  const elsewhere = done && session !== null;
  // The link that undid something outlives the time that it gives: it is opened again, not asked for again.
  const said = why === "expired" && undo !== null ? "timeOver" : why;
  const words = {
    heading: t(`${said}.heading`),
    text: elsewhere ? t("done.signedInElsewhere") : t(`${said}.text`, facts),
  };
  return <LinkEnd words={words} done={done} next={next()} call={helpdeskOnly.has(why)} />;

  function next() {
    if (elsewhere) return { href: "/home", words: t("home") };
    if (!mayAskAgain.has(why)) return { href: "/sign-in", words: t("signIn") };
    return undo === null ? { href: "/recover", words: t("ask") } : { href: "/undo", words: t("again") };
  }
}
