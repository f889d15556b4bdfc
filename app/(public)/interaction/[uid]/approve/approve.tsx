import { getLocale } from "next-intl/server";
import { TransactionFacts } from "#app/transaction-facts.tsx";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { SystemHead } from "#components/layout/system-head.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { REASON } from "#lib/relying-party/approval/decide/refuse-transaction.ts";
import type { ShownApproval } from "#lib/relying-party/approval/show-approval.ts";
import type { Shown } from "#lib/relying-party/interaction/find-on-the-way.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import type { OnWay } from "../on-way.ts";
import { TurnBackForm } from "../turn-back-form.tsx";
import { ApproveByPasskey } from "./approve-by-passkey.tsx";
import { CodeForm } from "./code-form.tsx";
import { RefuseForm } from "./refuse-form.tsx";

type Props = OnWay & { person: Shown; shown: ShownApproval; by: { app: boolean; passkey: boolean } };

/** What a system asks somebody to approve: exactly what will be signed, then how, or no. */
export async function Approve({ uid, system, person, shown, by }: Props) {
  const [language, t, words] = await Promise.all([
    getLocale(),
    getTranslations("interaction.approve"),
    getTranslations("interaction"),
  ]);
  const { form, passkeys, interaction } = messages[language];
  const { id: approvalId, digest, detail, roleMs, roleEn, expiresAt } = shown;
  const summary = { one: form.errorOne, many: form.errorMany };
  const of = { uid, digest };
  return (
    <SignInPanel
      wide
      under={<TurnBackForm uid={uid} words={t("back", { system: system.name })} busy={words("backBusy")} />}
    >
      <SystemHead system={system} lead={t("head")} />
      <h1>{t("heading")}</h1>
      <p className="lead">{t("lead", { system: system.name })}</p>
      <section className="deed" aria-labelledby="deed">
        <h2 id="deed">{detail.title}</h2>
        <TransactionFacts detail={detail} role={{ nameMs: roleMs, nameEn: roleEn }} expiresAt={expiresAt} />
      </section>
      <p className="muted">{t.rich("as", { name: person.fullName, b: (part) => <strong>{part}</strong> })}</p>
      {by.passkey && (
        <>
          <noscript>
            <Callout tone="warn">
              <p>{t(by.app ? "noScriptUseApp" : "noScript")}</p>
            </Callout>
          </noscript>
          <ApproveByPasskey
            {...of}
            approvalId={approvalId}
            words={{ submit: t("byPasskey") }}
            ceremony={passkeys.ceremony}
          />
        </>
      )}
      {by.passkey && by.app && <p className="or">{t("or")}</p>}
      {by.app && (
        <CodeForm
          {...of}
          variant={by.passkey ? "second" : "primary"}
          words={{ ...interaction.approve.code, submit: t("byCode"), submitting: t("submitting") }}
          summary={summary}
        />
      )}
      <RefuseForm
        {...of}
        words={{
          open: t("refuse.open"),
          label: t("refuse.label"),
          hint: t("refuse.hint", { system: system.name, ...REASON }),
          submit: t("refuse.submit"),
          submitting: t("refuse.submitting"),
        }}
        summary={summary}
      />
    </SignInPanel>
  );
}
