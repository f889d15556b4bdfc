import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { Done } from "#app/(account)/settings/done.tsx";
import { SelectField } from "#components/form/select-field.tsx";
import { Button, LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { findSession } from "#lib/campaign/onsite/find-session.ts";
import { isHeldUpBy } from "#lib/campaign/onsite/held-up-by.ts";
import { countInvitable, listInvitable } from "#lib/campaign/onsite/list-invitable.ts";
import { takesSignUps } from "#lib/campaign/onsite/session/session-times.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { ConsoleFrame } from "../../../../../../console-frame.tsx";
import { orMissing } from "../../../../../../or-missing.tsx";
import { sessionPath, sessionsPath } from "../../paths.ts";
import { InviteForm } from "./form.tsx";

type Props = {
  params: Promise<{ campaign: string; session: string }>;
  searchParams: Promise<Record<string, unknown>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("onsite.invite"))("title") };
}

const countOf = (value: unknown): number | null =>
  typeof value === "string" && /^\d{1,3}$/.test(value) ? Number(value) : null;

/** Whom an officer asks to come: the people of a campaign whom something holds up, those whose letter came back first. */
async function InvitePage({ params, searchParams }: Props) {
  const { campaign: campaignId, session: sessionId } = await params;
  const path = sessionPath(campaignId, sessionId, "invite");
  const [{ ctx, officer }, language, t, asked] = await Promise.all([
    requireOfficer(path, "onsite.manage"),
    getLocale(),
    getTranslations("onsite.invite"),
    searchParams,
  ]);
  const session = (await findSession(ctx, officer, "onsite.manage", { campaignId, sessionId })) ?? notFound();
  const ids = { campaignId, sessionId };
  const counts = await countInvitable(ctx, officer, ids);
  const letters = counts.some(({ heldUpBy }) => heldUpBy === "letter_bounced") ? ("letter_bounced" as const) : null;
  const heldUpBy = isHeldUpBy(asked.heldUpBy) ? asked.heldUpBy : asked.heldUpBy === undefined ? letters : null;
  const { people, next } = await listInvitable(ctx, officer, ids, {
    heldUpBy,
    after: typeof asked.after === "string" ? asked.after : null,
  });
  const { onsite, form } = messages[language];
  const [invited, written] = [countOf(asked.invited), countOf(asked.written)];
  const back = sessionPath(campaignId, sessionId);
  const filter = heldUpBy ?? "all";
  return (
    <ConsoleFrame
      here="campaigns"
      above={[
        { href: sessionsPath(campaignId), name: onsite.list.heading },
        { href: back, name: session.place },
      ]}
      heading={t("heading")}
      lead={t("lead")}
    >
      {invited !== null && written !== null && (
        <>
          <Done words={t("done", { invited, written })} />
          {invited > written && (
            <div className="admin-note">
              <Callout tone="warn">{t("tell", { left: invited - written })}</Callout>
            </div>
          )}
        </>
      )}
      {takesSignUps(session, ctx.now()) ? (
        <>
          <form method="get" className="onsite-filter">
            <SelectField
              name="heldUpBy"
              label={t("filter")}
              defaultValue={filter}
              options={[
                { value: "all", label: t("all") },
                ...counts.map(({ heldUpBy: by, people: many }) => ({
                  value: by,
                  label: `${onsite.invite.heldUpBy[by]} (${many})`,
                })),
              ]}
            />
            <Button variant="second">{t("narrow")}</Button>
          </form>
          {people.length === 0 ? (
            <section className="card" aria-label={t("heading")}>
              <div className="empty">
                <p>{t("empty")}</p>
                <LinkButton variant="second" href={back}>
                  {t("back")}
                </LinkButton>
              </div>
            </section>
          ) : (
            <InviteForm
              campaignId={campaignId}
              sessionId={sessionId}
              words={onsite.invite}
              summary={{ one: form.errorOne, many: form.errorMany }}
              people={people.map((person) => ({
                id: person.accountId,
                name: person.fullName,
                office: person.office,
                why: person.heldUpBy ? onsite.invite.heldUpBy[person.heldUpBy] : "",
                select: t("select", { name: person.fullName }),
              }))}
            />
          )}
          {next && (
            <p className="mt-6">
              <LinkButton variant="second" href={`${path}?heldUpBy=${filter}&after=${next}`}>
                {t("next")}
              </LinkButton>
            </p>
          )}
        </>
      ) : (
        <Callout tone="warn">{onsite.refused.session_over}</Callout>
      )}
    </ConsoleFrame>
  );
}

export default orMissing(InvitePage);
