import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getLocale } from "next-intl/server";
import { SiteFrame } from "#app/site-frame.tsx";
import { SystemMark } from "#components/ui/system-mark.tsx";
import { isUuid } from "#lib/kernel/uuid.ts";
import { latestAccessRequest } from "#lib/relying-party/access/list-access-requests.ts";
import { NOTE_MAX } from "#lib/relying-party/access/seal-request-words.ts";
import { listAskableSystems } from "#lib/relying-party/launchpad/list-askable-systems.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { signOut } from "../../../sign-out.ts";
import { AskForm } from "./form.tsx";

const PATH = "/home/access";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("launchpad.access"))("ask") };
}

/** Asks for one system. What cannot be asked for, or was already, is on the list. */
export default async function AskPage({ params }: { params: Promise<{ system: string }> }) {
  const { system: id } = await params;
  const [{ ctx, session }, language, t] = await Promise.all([
    requireSession(isUuid(id) ? `${PATH}/${id}` : PATH),
    getLocale(),
    getTranslations("launchpad.access"),
  ]);
  const system = (await listAskableSystems(ctx, session.accountId)).find((each) => each.id === id);
  if (!system) redirect(PATH);
  const latest = await latestAccessRequest(ctx, session.accountId, id);
  if (latest?.state === "open") redirect(PATH);
  const { access } = messages[language].launchpad;
  const { form } = messages[language];
  const description = language === "en" ? system.descriptionEn : system.descriptionMs;
  return (
    <SiteFrame account={{ name: session.fullName, signOut, here: "home" }}>
      <div className="wrap page ask">
        <div className="page-head ask-head">
          <SystemMark system={system} />
          <div>
            <h1>{t("askFor", { system: system.name })}</h1>
            {description && <p className="sub">{description}</p>}
          </div>
        </div>
        <AskForm
          systemId={id}
          words={{
            label: access.noteLabel,
            hint: t("noteHint", { max: NOTE_MAX }),
            text: t("askText", { office: session.officeName }),
            submit: access.submit,
            submitting: access.submitting,
            cancel: access.cancel,
          }}
          summary={{ one: form.errorOne, many: form.errorMany }}
        />
      </div>
    </SiteFrame>
  );
}
