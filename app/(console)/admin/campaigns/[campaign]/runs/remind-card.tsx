import { SelectField } from "#components/form/select-field.tsx";
import { Submit } from "#components/form/submit.tsx";
import { Callout } from "#components/ui/callout.tsx";
import type { BoardCampaign } from "#lib/campaign/board/find-board.ts";
import { foreseeReminder, remindable } from "#lib/campaign/letters/remind.ts";
import { beginningOf } from "#lib/kernel/calendar-day.ts";
import type { Context } from "#lib/kernel/context.ts";
import { formatDay } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { RemindForm } from "./remind-form.tsx";
import { runsPath, type Whom } from "./whom.ts";

type RemindCardProps = { ctx: Context; campaign: BoardCampaign; whom: Whom | null; isQuietToday: boolean };

/** First whom, and how many they are; then why, and the letter goes out. */
export async function RemindCard({ ctx, campaign, whom, isQuietToday }: RemindCardProps) {
  const [t, board] = await Promise.all([getTranslations("campaignLetters"), getTranslations("campaignBoard")]);
  const { language } = ctx.request;
  const { form, campaignLetters } = messages[language];
  const { reason, reasonHint, submit, submitting } = campaignLetters.remind;
  const day = (of: string) => formatDay(beginningOf(of), language);
  const foreseen =
    whom &&
    (await foreseeReminder(ctx, {
      campaignId: campaign.id,
      phaseId: whom.phaseId,
      heldUpBy: whom.held,
      officeIds: whom.officeId === null ? null : [whom.officeId],
    }));
  const { owed = 0, unreachable = 0, hadToday = 0 } = foreseen?.ok ? foreseen.value : {};
  const wrong = foreseen && !foreseen.ok && foreseen.error in campaignLetters.wrong ? foreseen.error : null;
  return (
    <section className="card" aria-labelledby="remind">
      <h2 id="remind">{t("remind.heading")}</h2>
      <p className="muted mb-4">{t("remind.lead")}</p>
      <form action={`${runsPath(campaign.id)}#remind`} method="get">
        <SelectField
          name="phase"
          label={t("remind.phase")}
          defaultValue={whom?.phaseId}
          options={campaign.phases.map(({ id, number, fromDay, untilDay }) => ({
            value: id,
            label: t("remind.phaseOption", { number, from: day(fromDay), until: day(untilDay) }),
          }))}
        />
        <SelectField
          name="held"
          label={t("remind.held")}
          placeholder={t("remind.all")}
          defaultValue={whom?.held ?? ""}
          options={remindable.map((each) => ({ value: each, label: board(`hindrances.${each}`) }))}
        />
        <SelectField
          name="office"
          label={t("remind.office")}
          placeholder={t("remind.allOffices")}
          defaultValue={whom?.officeId ?? ""}
          options={campaign.offices.map(({ id, code, name }) => ({ value: id, label: `${code} ${name}` }))}
        />
        <div className="actions">
          <Submit variant="second" busy={t("run.busy")}>
            {t("remind.count")}
          </Submit>
        </div>
      </form>
      {wrong && <Callout tone="warn">{t(`wrong.${wrong as keyof typeof campaignLetters.wrong}`)}</Callout>}
      {foreseen?.ok && (
        <p className="mt-4" role="status">
          <strong>{t("remind.foreseen", { count: owed, passed: unreachable + hadToday })}</strong>{" "}
          {t("remind.passedWhy", { unreachable, hadToday })}
        </p>
      )}
      {whom && owed > 0 && (
        <>
          {isQuietToday && <Callout tone="info">{t("remind.quiet")}</Callout>}
          <RemindForm
            kept={[
              ["campaign", campaign.id],
              ["phase", whom.phaseId],
              ["held", whom.held ?? ""],
              ["office", whom.officeId ?? ""],
            ]}
            words={{ reason, reasonHint, submit, submitting }}
            summary={{ one: form.errorOne, many: form.errorMany }}
          />
        </>
      )}
    </section>
  );
}
