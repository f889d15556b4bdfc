import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { Done } from "#app/(account)/settings/done.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { findBoard } from "#lib/campaign/board/find-board.ts";
import { findRequests } from "#lib/campaign/requests/list-requests.ts";
import { TOGETHER } from "#lib/campaign/requests/request-state.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { typedBefore } from "#lib/server/sign-in/step-up.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";
import { ConsoleFrame } from "../../../../../console-frame.tsx";
import { accountPath } from "../../../../../helpdesk/accounts/[account]/paths.ts";
import { orMissing } from "../../../../../or-missing.tsx";
import { CAMPAIGNS_PATH, campaignPath } from "../../../paths.ts";
import { countOf, decidePath, requestsPath, valuesOf } from "../paths.ts";
import { stateLook } from "../state-look.ts";
import { matterOf } from "../words-of-request.ts";
import { DecideForm } from "./form.tsx";

type PageProps = { params: Promise<{ campaign: string }>; searchParams: Promise<Record<string, unknown>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("moveRequests"))("decide.title") };
}

/** Requests to be read one by one before they are decided together: who, what, by whom and why; and what became of them. */
async function DecidePage({ params, searchParams }: PageProps) {
  const [{ campaign: id }, asked] = await Promise.all([params, searchParams]);
  const ids = [...new Set(valuesOf(asked.r).filter(isUuid))].slice(0, TOGETHER);
  const path = decidePath(id, ids);
  const [{ ctx }, language, t, list] = await Promise.all([
    requireOfficer(path, "move.request"),
    getLocale(),
    getTranslations("moveRequests"),
    getTranslations("campaignBoard.list"),
  ]);
  const found = await findBoard(ctx, id, "move.request");
  if (!found.ok) notFound();
  const { officer, campaign } = found.value;
  const [requests, typed] = await Promise.all([findRequests(ctx, officer, id, ids), typedBefore(path)]);
  const changed = valuesOf(asked.c);
  const refusals = refusalWords(language);
  const { form, moveRequests } = messages[language];
  return (
    <ConsoleFrame
      here="campaigns"
      above={[
        { href: CAMPAIGNS_PATH, name: list("title") },
        { href: campaignPath(id), name: language === "ms" ? campaign.nameMs : campaign.nameEn },
        { href: requestsPath(id), name: t("title") },
      ]}
      heading={t("decide.heading")}
      lead={t("decide.lead")}
    >
      {asked.done !== undefined && (
        <Done words={t("decide.done", { done: countOf(asked.done), left: countOf(asked.left) })} />
      )}
      {requests.length === 0 ? (
        <section className="card">
          <div className="empty">
            <h2 className="h3">{t("decide.none")}</h2>
            <p>{refusals("move_nobody")}</p>
            <LinkButton href={requestsPath(id)}>{t("decide.back")}</LinkButton>
          </div>
        </section>
      ) : (
        <DecideForm
          campaign={id}
          typed={typed?.reason}
          words={{ ...moveRequests.decide, yours: moveRequests.turns.yours }}
          heads={moveRequests.heads}
          summary={{ one: form.errorOne, many: form.errorMany }}
          back={requestsPath(id)}
          requests={requests.map((request) => ({
            id: request.id,
            seen: request.seen,
            name: request.person.fullName,
            identity: request.person.identity,
            office: request.person.office,
            href: accountPath(request.person.id),
            tick: t("tick", { name: request.person.fullName }),
            matter: matterOf(language, request),
            asked: t("decide.asked", { name: request.askedBy, at: formatDate(request.requestedAt, language) }),
            reason: request.reason,
            state:
              request.state === "open"
                ? null
                : {
                    name: t(`states.${request.state}`),
                    tone: stateLook[request.state],
                    by: request.decidedAt
                      ? t("decide.decided", {
                          by: request.decidedBy ?? "none",
                          name: request.decidedBy ?? "",
                          at: formatDate(request.decidedAt, language),
                        })
                      : "",
                    why: request.refusal,
                  },
            hindrance:
              request.hindrance && refusals(request.hindrance === "outranked" ? "move_not_yours" : request.hindrance),
            refusable: request.hindrance === null || refusable.includes(request.hindrance),
            decidable: request.hindrance === null,
            own: request.own,
            changed: changed.includes(request.id),
          }))}
        />
      )}
    </ConsoleFrame>
  );
}

/** What keeps from confirming, and not from refusing. */
const refusable: readonly string[] = ["asker_may_not", "account_over", "role_gone"];

export default orMissing(DecidePage);
