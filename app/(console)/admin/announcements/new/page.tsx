import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { typedBefore } from "#lib/server/sign-in/step-up.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { orMissing } from "../../../or-missing.tsx";
import { AdminPage } from "../../admin-page.tsx";
import { AnnouncementForm } from "../form.tsx";
import { levelOptions } from "../level-options.ts";

const PATH = "/admin/announcements/new";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("administration.announcements"))("addTitle") };
}

async function NewAnnouncementPage() {
  await requireOfficer(PATH, "admin.change");
  const [language, typed] = await Promise.all([getLocale(), typedBefore(PATH)]);
  const { administration, form } = messages[language];
  const { announcements, common } = administration;
  return (
    <AdminPage
      heading={announcements.addTitle}
      lead={announcements.formLead}
      above={{ href: "/admin/announcements", name: announcements.title }}
      mayChange
    >
      <AnnouncementForm
        announcementId=""
        now={{ textMs: "", textEn: "", level: "info", fromAt: "", untilAt: "" }}
        version={0}
        readOnly={false}
        begin={{ values: typed ?? {}, errors: {} }}
        levels={levelOptions(language)}
        words={{
          ...announcements,
          save: announcements.publish,
          saving: announcements.publishing,
          cancel: common.cancel,
        }}
        summary={{ one: form.errorOne, many: form.errorMany }}
      />
    </AdminPage>
  );
}

export default orMissing(NewAnnouncementPage);
