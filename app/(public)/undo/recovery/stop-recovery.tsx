import { getLocale } from "next-intl/server";
import { Submit } from "#components/form/submit.tsx";
import { viewWaitToStop } from "#lib/recovery/lost-factor/cancel-recovery.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { deviceIn } from "#lib/text/device-words.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { LinkEnd } from "../../recover/link-end.tsx";
import { LinkQuestion } from "../../recover/link-question.tsx";
import { stopRecovery } from "./actions.ts";

const endWords = { unknown: "unknown", stopped: "done", completed: "completed" } as const;

/** What the letter on a wait leads to: stops it, whoever began it. */
export async function StopRecovery({ token }: { token: string }) {
  const [language, t, ctx] = await Promise.all([getLocale(), getTranslations("lostFactor.stop"), currentContext()]);
  const wait = await viewWaitToStop(ctx, token);
  if (!wait.ok) {
    const words = endWords[wait.error];
    return (
      <LinkEnd
        words={{ heading: t(`${words}.heading`), text: t(`${words}.text`) }}
        done={wait.error === "stopped"}
        next={{ href: "/sign-in", words: t("signIn") }}
      />
    );
  }
  const { startedAt, readyAt, from } = wait.value;
  return (
    <LinkQuestion
      heading={t("heading")}
      lead={t("lead")}
      which={t("which")}
      facts={[
        [t("when"), formatDate(startedAt, language)],
        [t("device"), deviceIn(language, from)],
        [t("ready"), formatDate(readyAt, language)],
      ]}
      mine={t("mine")}
    >
      <form action={stopRecovery} className="actions">
        <Submit variant="danger" busy={t("busy")}>
          {t("button")}
        </Submit>
      </form>
    </LinkQuestion>
  );
}
