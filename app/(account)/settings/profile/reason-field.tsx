import { TextArea } from "#components/form/text-area.tsx";

type ReasonFieldProps = {
  words: Record<"reason" | "reasonHint", string>;
  values: { reason?: string | undefined };
  errors: { reason?: string | undefined };
};

/** Why something shall be put right, in the person's own words. */
export const ReasonField = ({ words, values, errors }: ReasonFieldProps) => (
  <TextArea
    name="reason"
    label={words.reason}
    hint={words.reasonHint}
    defaultValue={values.reason}
    error={errors.reason}
  />
);
