import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { days } from "#lib/kernel/time.ts";
import { readRelyingParty } from "#lib/relying-party/registration/list-relying-parties.ts";
import { SECRET_OVERLAP, usesSecret } from "#lib/relying-party/registration/registration.ts";
import { liveSecrets } from "#lib/relying-party/registration/secrets/change-secrets.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { typedBefore } from "#lib/server/sign-in/step-up.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { orMissing } from "../../../../or-missing.tsx";
import { AdminPage } from "../../../admin-page.tsx";
import { pathOf, secretPath } from "../../paths.ts";
import { SecretForm } from "./form.tsx";

type Props = { params: Promise<{ party: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("relyingParties.secrets"))("rotateTitle") };
}

/** A new secret of a system that proves itself by one. */
async function SecretPage({ params }: Props) {
  const { party: id } = await params;
  const path = secretPath(id);
  const { ctx } = await requireOfficer(path, "admin.change");
  const party = (await readRelyingParty(ctx, id)) ?? notFound();
  if (!usesSecret(party)) notFound();
  const [language, typed, live] = await Promise.all([
    getLocale(),
    typedBefore(path),
    liveSecrets(ctx.db, ctx, party.id),
  ]);
  const { administration, relyingParties, form } = messages[language];
  const { secrets, shown } = relyingParties;
  const isFirst = live.length === 0;
  return (
    <AdminPage
      heading={isFirst ? secrets.first : secrets.rotateTitle}
      lead={isFirst ? secrets.firstLead : secrets.rotateLead}
      above={{ href: pathOf(party.id), name: party.name }}
      mayChange
    >
      <SecretForm
        partyId={party.id}
        version={party.version}
        overlap={isFirst ? null : SECRET_OVERLAP / days(1)}
        begin={{ values: typed ?? {}, errors: {} }}
        words={{
          ...secrets,
          save: secrets.submit,
          saving: secrets.submitting,
          cancel: administration.common.cancel,
        }}
        shown={shown}
        cancelTo={pathOf(party.id)}
        summary={{ one: form.errorOne, many: form.errorMany }}
      />
    </AdminPage>
  );
}

export default orMissing(SecretPage);
