import { getLocale } from "next-intl/server";
import { Submit } from "#components/form/submit.tsx";
import { viewResetToStop } from "#lib/helpdesk/factor-reset/stop-reset.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { LinkEnd } from "../../recover/link-end.tsx";
import { LinkQuestion } from "../../recover/link-question.tsx";
import { stopOfficers } from "./actions.ts";

/** What the letter on two officers' reset of a second factor leads to: stops it, whoever asked for it. */
export async function StopOfficers({ token }: { token: string }) {
  const [language, t, ctx] = await Promise.all([
    getLocale(),
    getTranslations("officerRequests.stop"),
    currentContext(),
  ]);
  const reset = await viewResetToStop(ctx, token);
  if (!reset.ok)
    return (
      <LinkEnd
        words={{ heading: t(`${reset.error}.heading`), text: t(`${reset.error}.text`) }}
        done={reset.error === "stopped"}
        next={{ href: "/sign-in", words: t("signIn") }}
      />
    );
  const { requestedAt, until, approved, officeName } = reset.value;
  return (
    <LinkQuestion
      heading={t("heading")}
      lead={t("lead")}
      which={t("which")}
      facts={[
        [t("when"), formatDate(requestedAt, language)],
        [t("office"), officeName],
        [t("state"), t(approved ? "approved" : "waiting")],
        [t("until"), formatDate(until, language)],
      ]}
      mine={t("mine")}
    >
      <form action={stopOfficers} className="actions">
        <Submit variant="danger" busy={t("busy")}>
          {t("button")}
        </Submit>
      </form>
    </LinkQuestion>
  );
}
