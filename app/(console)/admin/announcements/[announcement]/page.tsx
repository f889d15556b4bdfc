import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { Submit } from "#components/form/submit.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { stateOf } from "#lib/administration/announcements/announcement.ts";
import { readAnnouncement } from "#lib/administration/announcements/list-announcements.ts";
import { typedBefore } from "#lib/server/sign-in/step-up.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { orMissing } from "../../../or-missing.tsx";
import { AdminPage } from "../../admin-page.tsx";
import { viewAdmin } from "../../view-admin.ts";
import { takeDown } from "../actions.ts";
import { AnnouncementForm } from "../form.tsx";
import { formOfAnnouncement } from "../form-of-announcement.ts";
import { levelOptions } from "../level-options.ts";

type Props = { params: Promise<{ announcement: string }>; searchParams: Promise<Record<string, unknown>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("administration.announcements"))("editTitle") };
}

/** One announcement: to be changed or taken down as long as it is not over. */
async function AnnouncementPage({ params, searchParams }: Props) {
  const { announcement: id } = await params;
  const path = `/admin/announcements/${id}`;
  const { ctx, mayChange } = await viewAdmin(path);
  const row = (await readAnnouncement(ctx, id)) ?? notFound();
  const [language, { refused }, typed] = await Promise.all([getLocale(), searchParams, typedBefore(path)]);
  const { administration, form } = messages[language];
  const { announcements, common, conflict } = administration;
  const isOver = stateOf(row, ctx.now()) === "over";
  return (
    <AdminPage
      heading={announcements.editTitle}
      lead={announcements.formLead}
      above={{ href: "/admin/announcements", name: announcements.title }}
      mayChange={mayChange}
    >
      {refused === "changed_meanwhile" && (
        <div role="alert">
          <Callout tone="warn">{conflict.heading}</Callout>
        </div>
      )}
      {isOver && <Callout>{announcements.over}</Callout>}
      <AnnouncementForm
        announcementId={row.id}
        now={formOfAnnouncement(row)}
        version={row.version}
        readOnly={!mayChange || isOver}
        begin={{ values: typed ?? {}, errors: {} }}
        levels={levelOptions(language)}
        words={{ ...announcements, ...common }}
        summary={{ one: form.errorOne, many: form.errorMany }}
      />
      {mayChange && !isOver && (
        <section className="card" aria-labelledby="end">
          <h2 className="h3" id="end">
            {announcements.takeDown}
          </h2>
          <p>{announcements.takeDownText}</p>
          <form action={takeDown} className="actions">
            <input type="hidden" name="announcement" value={row.id} />
            <input type="hidden" name="version" value={row.version} />
            <Submit variant="danger" busy={announcements.takingDown}>
              {announcements.takeDown}
            </Submit>
          </form>
        </section>
      )}
    </AdminPage>
  );
}

export default orMissing(AnnouncementPage);
