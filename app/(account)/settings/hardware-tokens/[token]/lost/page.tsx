import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { getLocale } from "next-intl/server";
import { orElse } from "#app/or-else.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { afterMove } from "#lib/campaign/tokens/custody/token-machine.ts";
import { moveStanding } from "#lib/campaign/tokens/move-standing.ts";
import { NOTE_MAX } from "#lib/campaign/tokens/note-max.ts";
import { listOwnTokens } from "#lib/campaign/tokens/register/list-own-tokens.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { PageHead } from "../../../page-head.tsx";
import { SettingsFrame } from "../../../settings-frame.tsx";
import { lostPath, OWN_TOKENS } from "../../paths.ts";
import NoSuchToken from "../not-found.tsx";
import { LostForm } from "./form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("hardwareTokens.lost"))("title") };
}

/** What reporting a token lost does, before the one button. */
async function LostTokenPage({ params }: { params: Promise<{ token: string }> }) {
  const { token: id } = await params;
  const [{ ctx }, language, t] = await Promise.all([
    requireSession(lostPath(id)),
    getLocale(),
    getTranslations("hardwareTokens.lost"),
  ]);
  const token = (await listOwnTokens(ctx)).find((one) => one.id === id) ?? notFound();
  if (!afterMove(token.state, "report_lost")) redirect(`${OWN_TOKENS}?done=changed`);
  const steps = [
    "off",
    "told",
    "letter",
    ...((await moveStanding(ctx)) === "awaits" ? (["move"] as const) : []),
  ] as const;
  const { form, hardwareTokens } = messages[language];
  const { label, submit, submitting } = hardwareTokens.lost;
  return (
    <SettingsFrame here="hardware-tokens">
      <PageHead heading={t("heading", { serial: token.serial })} lead={hardwareTokens.mediums[token.medium]} />
      <section className="card" aria-labelledby="then">
        <h2 className="h3" id="then">
          {t("then")}
        </h2>
        <ul className="ready mt-3 mb-6">
          {steps.map((step) => (
            <li key={step}>
              <Icon name="check" />
              <span>{t(`steps.${step}`)}</span>
            </li>
          ))}
        </ul>
        <LostForm
          tokenId={id}
          words={{ label, submit, submitting, hint: t("hint", { max: NOTE_MAX }) }}
          summary={{ one: form.errorOne, many: form.errorMany }}
          cancel={
            <LinkButton variant="quiet" href={OWN_TOKENS}>
              {t("cancel")}
            </LinkButton>
          }
        />
      </section>
    </SettingsFrame>
  );
}

export default orElse(NoSuchToken)(LostTokenPage);
