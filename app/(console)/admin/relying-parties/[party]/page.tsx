import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { Badge } from "#components/ui/badge.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { readRelyingParty } from "#lib/relying-party/registration/list-relying-parties.ts";
import type { Registration } from "#lib/relying-party/registration/registration.ts";
import { liveSecrets } from "#lib/relying-party/registration/secrets/change-secrets.ts";
import { typedBefore } from "#lib/server/sign-in/step-up.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { doneOf } from "../../../done-of.ts";
import { orMissing } from "../../../or-missing.tsx";
import { AdminPage } from "../../admin-page.tsx";
import { PictureCard } from "../../picture-card.tsx";
import { viewAdmin } from "../../view-admin.ts";
import { PartyForm } from "../form/party-form.tsx";
import { formOfParty } from "../form/party-values.ts";
import { LIST, pathOf } from "../paths.ts";
import { removeLogo } from "./actions.ts";
import { ConnectCard } from "./connect-card.tsx";
import { PowerCard } from "./power-card.tsx";
import { RolesCard } from "./roles-card.tsx";
import { SecretsCard } from "./secrets-card.tsx";

type Props = { params: Promise<{ party: string }>; searchParams: Promise<Record<string, unknown>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("relyingParties.list"))("system") };
}

/** One system: what its makers need, all that is registered of it, its secrets, roles and logo, and whether it is open. */
async function PartyPage({ params, searchParams }: Props) {
  const { party: id } = await params;
  const path = pathOf(id);
  const { ctx, mayChange } = await viewAdmin(path);
  const party = (await readRelyingParty(ctx, id)) ?? notFound();
  const [language, { done, refused }, typed, secrets] = await Promise.all([
    getLocale(),
    searchParams,
    typedBefore(path),
    liveSecrets(ctx.db, ctx, party.id),
  ]);
  const { administration, relyingParties, form } = messages[language];
  const { page, list, shown, refusals } = relyingParties;
  const { logo_missing, logo_too_large, logo_not_png, logo_broken, logo_size } = refusals;
  const files = { logo_missing, logo_too_large, logo_not_png, logo_broken, logo_size };
  const why = doneOf(
    { secret_current: refusals.secret_current, changed_meanwhile: administration.conflict.heading },
    refused,
  );
  return (
    <AdminPage
      heading={party.name}
      lead={page.editLead}
      above={{ href: LIST, name: list.title }}
      mayChange={mayChange}
      done={doneOf(relyingParties.done, done)}
      beside={party.disabledAt && <Badge icon="cross">{page.off}</Badge>}
    >
      {why && (
        <div role="alert">
          <Callout tone="warn">{why}</Callout>
        </div>
      )}
      <ConnectCard party={party} />
      <PartyForm
        partyId={party.id}
        now={formOfParty({ ...party, jwks: party.jwks as Registration["jwks"] })}
        version={party.version}
        readOnly={!mayChange}
        begin={{ values: typed ?? {}, errors: {} }}
        words={{ ...relyingParties.form, ...administration.common }}
        shown={shown}
        cancelTo={LIST}
        summary={{ one: form.errorOne, many: form.errorMany }}
      />
      <SecretsCard party={party} secrets={secrets} mayChange={mayChange} />
      <RolesCard party={party} mayChange={mayChange} />
      <PictureCard
        name="logo"
        src={party.hasLogo ? `/systems/${party.id}/logo?v=${party.version}` : null}
        words={relyingParties.logo}
        fields={{ party: party.id, version: party.version }}
        upload={mayChange ? "/api/system-logo" : null}
        remove={party.hasLogo ? removeLogo : null}
        refused={doneOf(files, refused)}
      />
      {mayChange && <PowerCard party={party} />}
    </AdminPage>
  );
}

export default orMissing(PartyPage);
