import { Choices } from "#components/form/choices.tsx";
import { Field, FieldFrame } from "#components/form/field.tsx";

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
  /** The options of the select as HTML, made once a language (`countryOptions`). Needed unless the kind is `mykad`. */
  countries: string;
  values: Partial<Record<IdentityField, string>>;
  errors: Partial<Record<IdentityField, string>>;
  autoComplete?: string;
};

/** Who somebody says they are: a MyKad number, or a passport and its country. */
export function IdentityFields({ kind, words, countries, values, errors, autoComplete = "off" }: Props) {
  const passport = kind === "passport" || (kind === "choose" && values.identityType === "passport");
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
        <FieldFrame
          id="passportCountry"
          label={words.country}
          error={errors.passportCountry}
          className={choose ? "for-passport" : undefined}
        >
          <select
            id="passportCountry"
            name="passportCountry"
            className="input"
            autoComplete="off"
            aria-invalid={errors.passportCountry ? true : undefined}
            aria-describedby={errors.passportCountry ? "passportCountry-error" : undefined}
            // 249 options as one string: as elements they would double the page, for the few who have a passport.
            // biome-ignore lint/security/noDangerouslySetInnerHtml: made by the server of a fixed list
            dangerouslySetInnerHTML={{ __html: select(countries, values.passportCountry) }}
          />
        </FieldFrame>
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

const select = (options: string, chosen: string | undefined): string =>
  chosen && /^[A-Z]{2}$/.test(chosen) ? options.replace(`value="${chosen}"`, `value="${chosen}" selected`) : options;
