import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { Table } from "#components/ui/table.tsx";
import { listAllOffices } from "#lib/administration/offices/list-offices.ts";
import { readPage } from "#lib/administration/settings/read-settings.ts";
import { over } from "#lib/administration/settings/settings.ts";
import { configuredSettings } from "#lib/server/chosen/overlay.ts";
import { configured } from "#lib/server/config.ts";
import { typedBefore } from "#lib/server/sign-in/step-up.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { doneOf } from "../../done-of.ts";
import { orMissing } from "../../or-missing.tsx";
import { AdminPage } from "../admin-page.tsx";
import { LastChanged } from "../last-changed.tsx";
import { viewAdmin } from "../view-admin.ts";
import { DomainsForm } from "./form.tsx";

const PATH = "/admin/domains";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("administration.domains"))("title") };
}

/** Where official mailboxes may be: the agency's list, and the offices that have one of their own. */
async function DomainsPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const { ctx, mayChange } = await viewAdmin(PATH);
  const [language, { done }, { chosen, changed }, offices, typed] = await Promise.all([
    getLocale(),
    searchParams,
    readPage(ctx, "domains"),
    listAllOffices(ctx),
    typedBefore(PATH),
  ]);
  const { administration, form } = messages[language];
  const { domains, common } = administration;
  const own = offices.filter(({ emailDomains }) => emailDomains !== null);
  return (
    <AdminPage
      heading={domains.title}
      lead={domains.lead}
      mayChange={mayChange}
      done={doneOf({ saved: common.saved, nothing: common.nothing }, done)}
    >
      <DomainsForm
        now={over<"domains">(configuredSettings(configured()).domains, chosen).emailDomains.join("\n")}
        version={changed.version}
        readOnly={!mayChange}
        begin={{ values: typed ?? {}, errors: {} }}
        words={{ label: domains.label, hint: domains.hint, save: common.save, saving: common.saving }}
        summary={{ one: form.errorOne, many: form.errorMany }}
      />
      <LastChanged changed={changed} />
      <section className="card" aria-labelledby="own">
        <h2 className="h3" id="own">
          {domains.own}
        </h2>
        <p>{own.length === 0 ? domains.ownNone : domains.ownText}</p>
        {own.length > 0 && (
          <Table
            heads={[domains.office, domains.domains]}
            rows={own.map(({ id, code, name, emailDomains }) => ({
              key: id,
              cells: [
                <a key="office" href={`/admin/offices/${id}`}>
                  {code} {name}
                </a>,
                emailDomains?.join(", "),
              ],
            }))}
          />
        )}
        <p className="admin-link">
          <a href="/admin/offices">{domains.toOffices}</a>
        </p>
      </section>
    </AdminPage>
  );
}

export default orMissing(DomainsPage);
