import type { ComponentProps } from "react";
import { Icon, type IconName } from "./icon.tsx";

/** One primary button a screen; `danger` is red words, with an outline because it stands alone. */
export type ButtonVariant = "primary" | "second" | "quiet" | "danger";
export type ButtonLook = {
  variant?: ButtonVariant | undefined;
  /** As wide as what holds it. */
  block?: boolean | undefined;
  /** 44 px high, for rows. */
  small?: boolean | undefined;
  icon?: IconName | undefined;
};

const looks = {
  primary: "btn btn-primary",
  second: "btn btn-second",
  quiet: "btn btn-quiet",
  danger: "btn btn-second btn-danger",
} as const satisfies Record<ButtonVariant, string>;

export function buttonClass({ variant = "primary", block, small }: ButtonLook, extra?: string): string {
  return `${looks[variant]}${block ? " btn-block" : ""}${small ? " btn-s" : ""}${extra ? ` ${extra}` : ""}`;
}

type ButtonProps = ButtonLook & ComponentProps<"button">;

export function Button({ variant, block, small, icon, className, children, type = "submit", ...rest }: ButtonProps) {
  return (
    <button type={type} className={buttonClass({ variant, block, small }, className)} {...rest}>
      {icon && <Icon name={icon} small />}
      {children}
    </button>
  );
}

type LinkButtonProps = ButtonLook & ComponentProps<"a"> & { href: string };

export function LinkButton({ variant, block, small, icon, className, children, ...rest }: LinkButtonProps) {
  return (
    <a className={buttonClass({ variant, block, small }, className)} {...rest}>
      {icon && <Icon name={icon} small />}
      {children}
    </a>
  );
}
