import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
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
import { policyChoices, wordsOfPolicy } from "./choices.ts";
import { type PolicyChoice, PolicyForm } from "./form.tsx";

const PATH = "/admin/policy";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("administration.policy"))("title") };
}

/** How people sign in and whether they may register, for everybody. */
async function PolicyPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const { ctx, mayChange } = await viewAdmin(PATH);
  const [language, { done }, { chosen, changed }, typed] = await Promise.all([
    getLocale(),
    searchParams,
    readPage(ctx, "policy"),
    typedBefore(PATH),
  ]);
  const { administration, form } = messages[language];
  const { policy, common } = administration;
  const base = configuredSettings(configured()).policy;
  const now = over<"policy">(base, chosen);
  const least = base.consoleAssurance;
  const { values } = wordsOfPolicy(language);
  const choice = (name: keyof typeof policyChoices, hint: string, offered: readonly string[]): PolicyChoice => ({
    name,
    legend: policy[name],
    hint,
    value: name === "consoleAssurance" && least === "aal2-phr" ? least : now[name],
    options: offered.map((value) => ({ value, label: values[value as keyof typeof values] })),
  });
  return (
    <AdminPage
      heading={policy.title}
      lead={policy.lead}
      mayChange={mayChange}
      done={doneOf({ saved: common.saved, nothing: common.nothing }, done)}
    >
      <PolicyForm
        choices={[
          choice("passwordPolicy", policy.passwordHint, policyChoices.passwordPolicy),
          choice("twoFactors", policy.twoFactorsHint, policyChoices.twoFactors),
          choice(
            "consoleAssurance",
            least === "aal2-phr" ? policy.consoleLeast : policy.consoleHint,
            policyChoices.consoleAssurance.filter((level) => least === "aal2" || level === least),
          ),
          choice("registration", policy.registrationHint, policyChoices.registration),
        ]}
        version={changed.version}
        readOnly={!mayChange}
        begin={{ values: typed ?? {}, errors: {} }}
        words={common}
        summary={{ one: form.errorOne, many: form.errorMany }}
      />
      <LastChanged changed={changed} />
    </AdminPage>
  );
}

export default orMissing(PolicyPage);
