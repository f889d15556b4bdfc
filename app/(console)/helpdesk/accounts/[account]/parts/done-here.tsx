import { getLocale } from "next-intl/server";
import { Done } from "#app/(account)/settings/done.tsx";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { doneOf } from "../../../../done-of.ts";
import { actionPath } from "../paths.ts";

/** What takes an action back, where something does. */
const undoneBy = { suspend: "reinstate", reinstate: "suspend", close: "reopen" } as const;
const isUndone = (key: string): key is keyof typeof undoneBy => Object.hasOwn(undoneBy, key);

/** What an officer has just done to this account, by name, and the way to take it back; `?done=…` of the actions' pages. */
export async function DoneHere({ done, accountId }: { done: unknown; accountId: string }) {
  const [language, t] = await Promise.all([getLocale(), getTranslations("actions.undo")]);
  const words = doneOf(messages[language].actions.done, done);
  if (typeof done !== "string" || words === undefined) return null;
  return (
    <Done
      words={
        isUndone(done) ? (
          <>
            {words} <a href={actionPath(accountId, undoneBy[done])}>{t(done)}</a>
          </>
        ) : (
          words
        )
      }
    />
  );
}
