import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { Submit } from "#components/form/submit.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { readOffice } from "#lib/administration/offices/list-offices.ts";
import { typedBefore } from "#lib/server/sign-in/step-up.ts";
import { formatDay } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { domainsInWords } from "#lib/text/refusal-words.ts";
import { doneOf } from "../../../done-of.ts";
import { orMissing } from "../../../or-missing.tsx";
import { AdminPage } from "../../admin-page.tsx";
import { viewAdmin } from "../../view-admin.ts";
import { offerAgain, retire } from "../actions.ts";
import { OfficeForm } from "../form.tsx";
import { formOfOffice } from "../form-of-office.ts";

type Props = { params: Promise<{ office: string }>; searchParams: Promise<Record<string, unknown>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("administration.offices"))("title") };
}

/** One office: what it is known by, and whether it is on offer. */
async function OfficePage({ params, searchParams }: Props) {
  const { office: id } = await params;
  const path = `/admin/offices/${id}`;
  const { ctx, mayChange } = await viewAdmin(path);
  const row = (await readOffice(ctx, id)) ?? notFound();
  const [language, t, { refused }, typed] = await Promise.all([
    getLocale(),
    getTranslations("administration.offices"),
    searchParams,
    typedBefore(path),
  ]);
  const { administration, form } = messages[language];
  const { offices, common, refusals, conflict } = administration;
  const why = doneOf({ last_office: refusals.last_office, changed_meanwhile: conflict.heading }, refused);
  return (
    <AdminPage
      heading={`${row.code} ${row.name}`}
      lead={offices.editLead}
      above={{ href: "/admin/offices", name: offices.title }}
      mayChange={mayChange}
      beside={row.retiredAt && <Badge icon="cross">{offices.retired}</Badge>}
    >
      {why && (
        <div role="alert">
          <Callout tone="warn">{why}</Callout>
        </div>
      )}
      <OfficeForm
        officeId={row.id}
        now={formOfOffice(row)}
        version={row.version}
        readOnly={!mayChange}
        begin={{ values: typed ?? {}, errors: {} }}
        words={{
          ...offices,
          ownDomainsHint: t("ownDomainsHint", { domains: domainsInWords(language, ctx.policy.emailDomains) }),
          ...common,
        }}
        summary={{ one: form.errorOne, many: form.errorMany }}
      />
      {mayChange && (
        <section className="card" aria-labelledby="offer">
          <h2 className="h3" id="offer">
            {row.retiredAt ? offices.offerAgain : offices.retire}
          </h2>
          <p>{row.retiredAt ? t("offerText", { at: formatDay(row.retiredAt, language) }) : offices.retireText}</p>
          <form action={row.retiredAt ? offerAgain : retire} className="actions">
            <input type="hidden" name="office" value={row.id} />
            <input type="hidden" name="version" value={row.version} />
            {row.retiredAt ? (
              <Submit variant="second" busy={offices.offering}>
                {offices.offerAgain}
              </Submit>
            ) : (
              <Submit variant="danger" busy={offices.retiring}>
                {offices.retire}
              </Submit>
            )}
          </form>
        </section>
      )}
    </AdminPage>
  );
}

export default orMissing(OfficePage);
