import type { ReactNode } from "react";
import { Choices } from "#components/form/choices.tsx";
import { Field } from "#components/form/field.tsx";
import { SelectField } from "#components/form/select-field.tsx";
import { TextArea } from "#components/form/text-area.tsx";
import type { messages } from "#lib/text/messages.ts";
import type { PartyField, PartyValues } from "./fields.ts";

export type PartyWords = (typeof messages)["ms"]["relyingParties"]["form"];

type Option = { value: string; label: string };
type PartyFieldsProps = {
  values: PartyValues;
  errors: Partial<Record<PartyField, string>>;
  words: PartyWords;
};

const optionsIn = (words: Readonly<Record<string, string>>): Option[] =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

/** All that is registered of a system, from what people see of it to how it proves itself. */
export function PartyFields({ values, errors, words }: PartyFieldsProps) {
  const of = (name: PartyField) => ({ name, defaultValue: values[name], error: errors[name] });
  const text = { autoComplete: "off" } as const;
  const code = { ...text, autoCapitalize: "none", spellCheck: false, className: "party-code" } as const;
  // A form is reset after each answer: with what was chosen in its key a choice is made anew.
  const chosen = (name: PartyField) => `${name} ${values[name]}`;
  return (
    <>
      <Part name={words.about}>
        <Field {...of("name")} {...text} label={words.name} hint={words.nameHint} />
        <Field {...of("descriptionMs")} {...text} lang="ms" label={words.descriptionMs} hint={words.descriptionHint} />
        <Field {...of("descriptionEn")} {...text} lang="en" label={words.descriptionEn} hint={words.descriptionHint} />
        <Field {...of("category")} {...text} label={words.category} hint={words.categoryHint} />
        <Field {...of("owner")} {...text} label={words.owner} hint={words.ownerHint} />
        <Choices
          key={chosen("ownedByAgency")}
          {...of("ownedByAgency")}
          legend={words.ownedByAgency}
          options={optionsIn(words.ownedByAgencyOptions)}
        />
      </Part>
      <Part name={words.access}>
        <Choices
          key={chosen("openToAll")}
          {...of("openToAll")}
          legend={words.openToAll}
          options={optionsIn(words.openToAllOptions)}
        />
        <Choices
          key={chosen("minimumLevel")}
          {...of("minimumLevel")}
          legend={words.minimumLevel}
          options={optionsIn(words.minimumLevelOptions)}
        />
      </Part>
      <Part name={words.addresses}>
        <TextArea {...of("redirectUris")} {...code} label={words.redirectUris} hint={words.redirectUrisHint} />
        <TextArea
          {...of("postLogoutRedirectUris")}
          {...code}
          label={words.postLogoutRedirectUris}
          hint={words.postLogoutRedirectUrisHint}
        />
        <Field
          {...of("backchannelLogoutUri")}
          {...code}
          inputMode="url"
          label={words.backchannelLogoutUri}
          hint={words.backchannelLogoutUriHint}
        />
        <Field
          {...of("initiateLoginUri")}
          {...code}
          inputMode="url"
          label={words.initiateLoginUri}
          hint={words.initiateLoginUriHint}
        />
        <Field {...of("startUri")} {...code} inputMode="url" label={words.startUri} hint={words.startUriHint} />
      </Part>
      <Part name={words.technical}>
        <Choices
          key={chosen("authMethod")}
          {...of("authMethod")}
          legend={words.authMethod}
          options={optionsIn(words.authMethodOptions)}
        />
        <TextArea {...of("jwks")} {...code} label={words.jwks} hint={words.jwksHint} />
        <Field {...of("jwksUri")} {...code} inputMode="url" label={words.jwksUri} hint={words.jwksUriHint} />
        <SelectField
          key={chosen("idTokenAlg")}
          {...of("idTokenAlg")}
          label={words.idTokenAlg}
          options={optionsIn(words.idTokenAlgOptions)}
        />
        <Choices
          key={chosen("subjectType")}
          {...of("subjectType")}
          legend={words.subjectType}
          options={optionsIn(words.subjectTypeOptions)}
        />
        <fieldset className="field">
          <legend className="label">{words.strict}</legend>
          <div className="choices">
            {(["parRequired", "dpopBound"] as const).map((name) => (
              <label className="choice" key={chosen(name)}>
                <input type="checkbox" id={name} name={name} value="true" defaultChecked={values[name] === "true"} />
                {words.strictOptions[name]}
              </label>
            ))}
          </div>
        </fieldset>
      </Part>
    </>
  );
}

const Part = ({ name, children }: { name: string; children: ReactNode }) => (
  <fieldset className="bare party-part">
    <legend>
      <h2 className="h3">{name}</h2>
    </legend>
    {children}
  </fieldset>
);
