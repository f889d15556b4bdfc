import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { Field } from "#components/form/field.tsx";
import { Submit } from "#components/form/submit.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Table } from "#components/ui/table.tsx";
import { listAllOffices, type OfficeRow } from "#lib/administration/offices/list-offices.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { doneOf } from "../../done-of.ts";
import { orMissing } from "../../or-missing.tsx";
import { AdminPage } from "../admin-page.tsx";
import { viewAdmin } from "../view-admin.ts";

const PATH = "/admin/offices";
const SOUGHT_MAX = 100;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("administration.offices"))("title") };
}

/** Every office, or those whose code or name holds what is looked for. */
async function OfficesPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const { ctx, mayChange } = await viewAdmin(PATH);
  const [language, { done, q }, offices] = await Promise.all([getLocale(), searchParams, listAllOffices(ctx)]);
  const { offices: words } = messages[language].administration;
  const sought = typeof q === "string" ? q.slice(0, SOUGHT_MAX).trim() : "";
  const found = offices.filter(({ code, name }) => `${code} ${name}`.toLowerCase().includes(sought.toLowerCase()));
  return (
    <AdminPage
      heading={words.title}
      lead={words.lead}
      mayChange={mayChange}
      done={doneOf(words.done, done)}
      beside={
        mayChange && (
          <LinkButton href={`${PATH}/new`} icon="plus">
            {words.add}
          </LinkButton>
        )
      }
    >
      <section className="card" aria-label={words.title}>
        <form className="admin-find" action={PATH} method="get">
          <Field name="q" type="search" label={words.find} defaultValue={sought} maxLength={SOUGHT_MAX} />
          <Submit variant="second" busy={words.finding}>
            {words.findSubmit}
          </Submit>
        </form>
        {found.length === 0 ? <p>{words.findNone}</p> : <OfficeTable offices={found} words={words} />}
        {sought !== "" && (
          <p className="admin-link">
            <a href={PATH}>{words.all}</a>
          </p>
        )}
      </section>
    </AdminPage>
  );
}

type OfficeTableProps = {
  offices: readonly OfficeRow[];
  words: (typeof messages)["ms"]["administration"]["offices"];
};

function OfficeTable({ offices, words }: OfficeTableProps) {
  return (
    <Table
      heads={[words.name, words.domains, words.state]}
      rows={offices.map(({ id, code, name, emailDomains, retiredAt }) => ({
        key: id,
        cells: [
          <a key="office" href={`${PATH}/${id}`}>
            {code} {name}
          </a>,
          emailDomains?.join(", ") ?? words.ofAgency,
          retiredAt === null ? (
            <Badge key="state" tone="ok" icon="check">
              {words.offered}
            </Badge>
          ) : (
            <Badge key="state" icon="cross">
              {words.retired}
            </Badge>
          ),
        ],
      }))}
    />
  );
}

export default orMissing(OfficesPage);
