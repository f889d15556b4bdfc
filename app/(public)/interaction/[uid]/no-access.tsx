import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { SystemHead } from "#components/layout/system-head.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import type { Context, Language } from "#lib/kernel/context.ts";
import { type AccessRequest, latestAccessRequest } from "#lib/relying-party/access/list-access-requests.ts";
import { NOTE_MAX } from "#lib/relying-party/access/seal-request-words.ts";
import type { Shown } from "#lib/relying-party/interaction/find-on-the-way.ts";
import type { NoAccess as Why } from "#lib/relying-party/interaction/next-step.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import type { OnWay } from "./on-way.ts";
import { RequestForm } from "./request-form.tsx";
import { TurnBackForm } from "./turn-back-form.tsx";

type Props = OnWay & { ctx: Context; person: Shown; why: Why };

/** The system is not open to whoever is signed in: why, and whom to ask. */
export async function NoAccess({ ctx, uid, system, person, why }: Props) {
  const t = await getTranslations("interaction");
  const { name, owner } = system;
  const latest = why === "no_role" ? await latestAccessRequest(ctx, person.accountId, system.id) : null;
  const isWaiting = latest?.state === "open";
  const about = (
    <>
      <SystemHead system={system} lead={t("head")} />
      <h1>{t(`noAccess.${why}.heading`, { system: name })}</h1>
      <p className="lead">
        {isWaiting ? t("request.waitingLead") : t(`noAccess.${why}.lead`, { system: name, office: person.officeName })}
      </p>
      {latest && <Latest request={latest} />}
    </>
  );
  return (
    <SignInPanel
      under={
        // Of a system that is closed there is nobody to lead back to.
        why !== "disabled" && <TurnBackForm uid={uid} words={t("back", { system: name })} busy={t("backBusy")} />
      }
    >
      {why === "no_role" && !isWaiting ? (
        <AskForm uid={uid}>{about}</AskForm>
      ) : (
        <>
          {about}
          <div className="actions">
            <LinkButton block href="/home">
              {t("home")}
            </LinkButton>
          </div>
        </>
      )}
      {owner && <p className="muted mt-3">{t("owner", { owner })}</p>}
      <p className="muted mt-3">{t.rich("as", { name: person.fullName, b: (words) => <strong>{words}</strong> })}</p>
    </SignInPanel>
  );
}

async function Latest({ request }: { request: AccessRequest }) {
  const [t, locale] = await Promise.all([getTranslations("interaction.request"), getLocale()]);
  const { state, requestedAt, decidedAt, refusal } = request;
  const on = (when: Date) => ({ date: formatDate(when, locale as Language) });
  if (state === "open")
    return (
      <Callout icon="clock">
        <p>
          <strong>{t("waiting")}</strong>
        </p>
        <p>{t.rich("waitingText", { ...on(requestedAt), a: (words) => <a href="/home/access">{words}</a> })}</p>
      </Callout>
    );
  if (state !== "refused" || decidedAt === null) return null;
  return (
    <Callout tone="warn">
      <p>{t(refusal === null ? "refusedPlain" : "refused", on(decidedAt))}</p>
      {refusal !== null && (
        <p>
          <q>{refusal}</q>
        </p>
      )}
      <p>{t("again")}</p>
    </Callout>
  );
}

async function AskForm({ uid, children }: { uid: string; children: ReactNode }) {
  const [t, locale] = await Promise.all([getTranslations("interaction.request"), getLocale()]);
  const { form } = messages[locale as Language];
  return (
    <RequestForm
      uid={uid}
      words={{
        label: t("label"),
        hint: t("hint", { max: NOTE_MAX }),
        submit: t("submit"),
        submitting: t("submitting"),
      }}
      summary={{ one: form.errorOne, many: form.errorMany }}
    >
      {children}
    </RequestForm>
  );
}
