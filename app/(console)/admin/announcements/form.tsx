"use client";
import { Choices } from "#components/form/choices.tsx";
import type { ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Field } from "#components/form/field.tsx";
import { Submit } from "#components/form/submit.tsx";
import { TextArea } from "#components/form/text-area.tsx";
import { type AnnouncementShown, Announcements } from "#components/layout/announcements.tsx";
import { AdminForm } from "../admin-form.tsx";
import type { AdminState } from "../admin-state.ts";
import { saveAnnouncement } from "./actions.ts";
import { type AnnouncementField, announcementFields } from "./fields.ts";

/** `preview`: how it will look, in both languages. */
export type AnnouncementFormState = AdminState<AnnouncementField> & { preview?: readonly AnnouncementShown[] };

type AnnouncementFormProps = {
  /** Empty for a new one. */
  announcementId: string;
  now: Record<AnnouncementField, string>;
  version: number;
  readOnly: boolean;
  begin: AnnouncementFormState;
  levels: readonly { value: string; label: string }[];
  words: Record<
    | "textMs"
    | "textEn"
    | "level"
    | "fromAt"
    | "fromHint"
    | "untilAt"
    | "untilHint"
    | "preview"
    | "previewing"
    | "previewHeading"
    | "save"
    | "saving"
    | "cancel",
    string
  >;
  summary: ErrorSummaryProps["words"];
};

export function AnnouncementForm({ announcementId, now, levels, words, readOnly, ...form }: AnnouncementFormProps) {
  return (
    <AdminForm<AnnouncementField>
      action={saveAnnouncement}
      order={announcementFields}
      words={words}
      readOnly={readOnly}
      cancel={{ href: "/admin/announcements", words: words.cancel }}
      more={
        <Submit variant="second" busy={words.previewing} name="intent" value="preview">
          {words.preview}
        </Submit>
      }
      {...form}
    >
      {(state) => {
        const { values, errors, preview } = state as AnnouncementFormState;
        const value = (name: AnnouncementField) => values[name] ?? now[name];
        return (
          <>
            {preview && (
              <div className="admin-preview" role="status">
                <p className="label">{words.previewHeading}</p>
                <Announcements announcements={preview} label={words.previewHeading} />
              </div>
            )}
            <input type="hidden" name="announcement" value={announcementId} />
            {(["textMs", "textEn"] as const).map((name) => (
              <TextArea
                key={name}
                name={name}
                label={words[name]}
                lang={name === "textMs" ? "ms" : "en"}
                defaultValue={value(name)}
                error={errors[name]}
              />
            ))}
            <Choices
              key={`level ${values.level}`}
              name="level"
              legend={words.level}
              options={levels}
              defaultValue={value("level")}
              error={errors.level}
            />
            <div className="admin-pair">
              <Field
                name="fromAt"
                type="datetime-local"
                label={words.fromAt}
                hint={words.fromHint}
                defaultValue={value("fromAt")}
                error={errors.fromAt}
              />
              <Field
                name="untilAt"
                type="datetime-local"
                label={words.untilAt}
                hint={words.untilHint}
                defaultValue={value("untilAt")}
                error={errors.untilAt}
              />
            </div>
          </>
        );
      }}
    </AdminForm>
  );
}
