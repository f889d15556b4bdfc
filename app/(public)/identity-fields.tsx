import { Choices } from "#components/form/choices.tsx";
import { Field } from "#components/form/field.tsx";
import { type CountriesElsewhere, CountrySelect } from "./country-select.tsx";

export type IdentityWords = {
  mykadNumber: string;
  mykadHint: string;
  passportNumber: string;
  passportHint: string;
  country: string;
  /** Only where the kind is chosen on the page itself. */
  identityLegend?: string;
  mykad?: string;
  passport?: string;
};

export type IdentityField = "identityType" | "identityNumber" | "passportCountry";

type Props = {
  /** `choose` offers both on one page; the others ask for one kind. */
  kind: "choose" | "mykad" | "passport";
  words: IdentityWords;
  /** The options of the country select as HTML (`countryOptions`); empty where they are to be fetched when needed. */
  countries: string;
  elsewhere?: CountriesElsewhere | undefined;
  values: Partial<Record<IdentityField, string>>;
  errors: Partial<Record<IdentityField, string>>;
  autoComplete?: string;
};

/** Who somebody says they are: a MyKad number, or a passport and its country. */
export function IdentityFields({ kind, words, countries, elsewhere, values, errors, autoComplete = "off" }: Props) {
  const passport = (values.identityType ?? (countries === "" ? "mykad" : "passport")) === "passport";
  const choose = kind === "choose";
  return (
    <>
      {choose ? (
        <Choices
          name="identityType"
          legend={words.identityLegend}
          options={[
            { value: "mykad", label: words.mykad ?? "" },
            { value: "passport", label: words.passport ?? "" },
          ]}
          defaultValue={passport ? "passport" : "mykad"}
          error={errors.identityType}
        />
      ) : (
        <input type="hidden" name="identityType" value={kind} />
      )}
      <Field
        name="identityNumber"
        width="id"
        autoComplete={autoComplete}
        autoCapitalize="characters"
        spellCheck={false}
        label={
          choose ? (
            <Either mykad={words.mykadNumber} passport={words.passportNumber} />
          ) : passport ? (
            words.passportNumber
          ) : (
            words.mykadNumber
          )
        }
        hint={
          choose ? (
            <Either mykad={words.mykadHint} passport={words.passportHint} />
          ) : passport ? (
            words.passportHint
          ) : (
            words.mykadHint
          )
        }
        defaultValue={values.identityNumber}
        error={errors.identityNumber}
      />
      {kind !== "mykad" && (
        <CountrySelect
          label={words.country}
          error={errors.passportCountry}
          chosen={values.passportCountry}
          options={countries}
          elsewhere={elsewhere}
        />
      )}
    </>
  );
}

const Either = ({ mykad, passport }: { mykad: string; passport: string }) => (
  <>
    <span className="for-mykad">{mykad}</span>
    <span className="for-passport">{passport}</span>
  </>
);
