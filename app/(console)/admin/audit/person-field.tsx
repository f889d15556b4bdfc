import { Choices } from "#components/form/choices.tsx";
import { Field } from "#components/form/field.tsx";
import type { Person } from "#lib/helpdesk/audit-trail/find-people.ts";

/** Whom the page is filtered by now, with where it is not any more. */
export type ChosenPerson = { id: string; now: string; drop: string };

type PersonFieldProps = {
  name: string;
  label: string;
  typed: string | undefined;
  chosen: ChosenPerson | undefined;
  choices: { people: readonly Person[]; limit: number | null } | undefined;
  error: string | undefined;
  again: string;
  words: Record<"personHint" | "drop" | "choose" | "chooseHint" | "chooseMore" | "searchAgain", string>;
};

/** Somebody, by whatever is known of them; and which of them, where several are. */
export function PersonField({ name, label, typed, chosen, choices, error, again, words }: PersonFieldProps) {
  if (choices) {
    const { people, limit } = choices;
    const options = people.map(({ id, name: fullName, identity, office }) => ({
      value: id,
      label: `${fullName} · ${identity} · ${office}`,
    }));
    return (
      <div className="choose">
        <input type="hidden" name={name} value={typed ?? ""} />
        <input type="hidden" name={`${name}Asked`} value="1" />
        <Choices
          name={`${name}Id`}
          legend={words.choose}
          hint={limit === null ? words.chooseHint : words.chooseMore.replace("{count}", String(limit))}
          options={options}
          error={error}
        />
        <a href={again}>{words.searchAgain}</a>
      </div>
    );
  }
  return (
    <div>
      <Field
        name={name}
        label={label}
        hint={words.personHint}
        error={error}
        defaultValue={typed}
        autoComplete="off"
        spellCheck={false}
      />
      {chosen && (
        <p className="chosen">
          <input type="hidden" name={`${name}Id`} value={chosen.id} />
          <span className="badge info">{chosen.now}</span>
          <a href={chosen.drop}>{words.drop}</a>
        </p>
      )}
    </div>
  );
}
