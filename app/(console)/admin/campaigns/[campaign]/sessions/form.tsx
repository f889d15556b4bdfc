"use client";
import type { ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { describedBy, Field, FieldError } from "#components/form/field.tsx";
import { TextArea } from "#components/form/text-area.tsx";
import type { SessionField } from "#lib/campaign/onsite/session/parse-session.ts";
import { AdminForm } from "../../../admin-form.tsx";
import { unseen } from "../../../admin-state.ts";
import { saveSession } from "./actions.ts";

type Words = Record<SessionField | `${"place" | "address" | "capacity" | "offices" | "note"}Hint`, string> &
  Record<"save" | "saving" | "cancel", string>;

type SessionFormProps = {
  campaignId: string;
  /** Empty for a new one. */
  sessionId: string;
  version: number;
  now: Record<SessionField, string>;
  /** Those that the officer may have a session for. */
  offices: readonly { id: string; label: string }[];
  today: string;
  back: string;
  words: Words;
  summary: ErrorSummaryProps["words"];
};

const order = [
  "place",
  "address",
  "day",
  "fromTime",
  "untilTime",
  "capacity",
  "offices",
  "noteMs",
  "noteEn",
] as const satisfies readonly SessionField[];

/** Where a session is, when, for whom, and what people should know of it. */
export function SessionForm(props: SessionFormProps) {
  const { campaignId, sessionId, version, now, offices, today, back, words, summary } = props;
  return (
    <AdminForm<SessionField>
      action={saveSession}
      begin={unseen}
      order={order}
      version={version}
      words={words}
      summary={summary}
      cancel={{ href: back, words: words.cancel }}
      className="card slim-column"
    >
      {({ values, errors }) => {
        const value = (name: SessionField) => values[name] ?? now[name];
        const chosen = new Set(value("offices").split(" "));
        const of = (name: SessionField) => ({
          name,
          label: words[name],
          defaultValue: value(name),
          error: errors[name],
        });
        return (
          <>
            <input type="hidden" name="campaign" value={campaignId} />
            <input type="hidden" name="session" value={sessionId} />
            <Field {...of("place")} hint={words.placeHint} maxLength={120} autoComplete="off" />
            <TextArea {...of("address")} hint={words.addressHint} />
            <div className="onsite-when">
              <Field {...of("day")} type="date" min={today} />
              <Field {...of("fromTime")} type="time" />
              <Field {...of("untilTime")} type="time" />
            </div>
            <Field {...of("capacity")} hint={words.capacityHint} width="code" inputMode="numeric" autoComplete="off" />
            <fieldset
              key={`offices ${values.offices}`}
              className={`field${errors.offices ? " has-error" : ""}`}
              {...describedBy("offices", words.officesHint, errors.offices)}
            >
              <legend className="label">{words.offices}</legend>
              <p className="hint" id="offices-hint">
                {words.officesHint}
              </p>
              {errors.offices && <FieldError id="offices">{errors.offices}</FieldError>}
              <div className="choices onsite-offices">
                {offices.map(({ id, label }, place) => (
                  <label className="choice" key={id}>
                    <input
                      type="checkbox"
                      name="offices"
                      id={place === 0 ? "offices" : `offices-${id}`}
                      value={id}
                      defaultChecked={chosen.has(id) || offices.length === 1}
                    />
                    {label}
                  </label>
                ))}
              </div>
            </fieldset>
            <TextArea {...of("noteMs")} hint={words.noteHint} lang="ms" />
            <TextArea {...of("noteEn")} lang="en" />
          </>
        );
      }}
    </AdminForm>
  );
}
