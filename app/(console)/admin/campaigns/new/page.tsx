import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { typedBefore } from "#lib/server/sign-in/step-up.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { ConsoleFrame } from "../../../console-frame.tsx";
import { orMissing } from "../../../or-missing.tsx";
import { AboutForm } from "../definition/about-form.tsx";
import { CAMPAIGNS_PATH } from "../paths.ts";

const PATH = `${CAMPAIGNS_PATH}/new`;
const empty = { nameMs: "", nameEn: "", reasonMs: "", reasonEn: "", authority: "", contacts: "" };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("campaigns.new"))("title") };
}

/** A campaign begins with why it is; nobody sees it yet. */
async function NewCampaignPage() {
  await requireOfficer(PATH, "admin.change");
  const [language, typed] = await Promise.all([getLocale(), typedBefore(PATH)]);
  const { campaigns, campaignBoard, administration, form } = messages[language];
  return (
    <ConsoleFrame
      here="campaigns"
      above={[{ href: CAMPAIGNS_PATH, name: campaignBoard.list.title }]}
      heading={campaigns.new.title}
      lead={campaigns.new.lead}
    >
      <div className="admin-body">
        <AboutForm
          campaignId=""
          now={empty}
          version={0}
          readOnly={false}
          isTold={false}
          begin={{ values: typed ?? {}, errors: {} }}
          words={{ ...campaigns.about, ...campaigns.new, cancel: administration.common.cancel }}
          cancelTo={CAMPAIGNS_PATH}
          summary={{ one: form.errorOne, many: form.errorMany }}
        />
      </div>
    </ConsoleFrame>
  );
}

export default orMissing(NewCampaignPage);
