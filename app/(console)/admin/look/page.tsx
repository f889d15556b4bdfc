import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { colours } from "#lib/administration/look/colours.ts";
import { readPage } from "#lib/administration/settings/read-settings.ts";
import { over } from "#lib/administration/settings/settings.ts";
import { configuredSettings, crestAddress } from "#lib/server/chosen/overlay.ts";
import { configured } from "#lib/server/config.ts";
import { typedBefore } from "#lib/server/sign-in/step-up.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { doneOf } from "../../done-of.ts";
import { orMissing } from "../../or-missing.tsx";
import { AdminPage } from "../admin-page.tsx";
import { LastChanged } from "../last-changed.tsx";
import { PictureCard } from "../picture-card.tsx";
import { viewAdmin } from "../view-admin.ts";
import { removeCrest } from "./actions.ts";
import { LookForm } from "./form.tsx";

const PATH = "/admin/look";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("administration.look"))("title") };
}

/** Whose portal it is: names, address, helpdesk, colour and crest. */
async function LookPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const { ctx, mayChange } = await viewAdmin(PATH);
  const [language, { done, crest }, { chosen, changed }, typed] = await Promise.all([
    getLocale(),
    searchParams,
    readPage(ctx, "look"),
    typedBefore(PATH),
  ]);
  const { administration, form } = messages[language];
  const { look, common, refusals } = administration;
  const { crest_missing, crest_too_large, crest_not_png, crest_broken, crest_size } = refusals;
  const files = { crest_missing, crest_too_large, crest_not_png, crest_broken, crest_size };
  const base = configured();
  const now = over<"look">(configuredSettings(base).look, chosen);
  return (
    <AdminPage
      heading={look.title}
      lead={look.lead}
      mayChange={mayChange}
      done={doneOf({ saved: common.saved, nothing: common.nothing, ...look.done }, done)}
    >
      <LookForm
        now={now}
        colours={colours.map((value) => ({ value, label: look.colours[value] }))}
        version={changed.version}
        readOnly={!mayChange}
        begin={{ values: typed ?? {}, errors: {} }}
        words={{ ...look, ...common }}
        summary={{ one: form.errorOne, many: form.errorMany }}
      />
      <PictureCard
        name="crest"
        src={(now.crest === null ? base.agency.logo : crestAddress(now.crest)) ?? null}
        words={look.picture}
        fields={{ version: changed.version }}
        upload={mayChange ? "/api/agency-crest" : null}
        remove={now.crest === null ? null : removeCrest}
        refused={doneOf({ ...files, changed_meanwhile: look.crestConflict }, crest)}
      />
      <LastChanged changed={changed} />
    </AdminPage>
  );
}

export default orMissing(LookPage);
