"use client";
import { Submit } from "#components/form/submit.tsx";

type DiscardFormProps = {
  action: (form: FormData) => Promise<void>;
  id: string;
  words: { submit: string; busy: string };
};

export function DiscardForm({ action, id, words }: DiscardFormProps) {
  return (
    <form action={action}>
      <input type="hidden" name="import" value={id} />
      <Submit variant="danger" busy={words.busy}>
        {words.submit}
      </Submit>
    </form>
  );
}
