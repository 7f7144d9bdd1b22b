"use client";

import { useEffect, useState } from "react";
import { PASSWORD_MIN } from "~/contracts/credentials";
import { judgePassword, type PasswordJudgement } from "~/contracts/password-strength";
import { PasswordField } from "./field";

const WORDS: Record<PasswordJudgement["strength"], string> = {
  weak: "Weak",
  fair: "Fair: longer is better",
  strong: "Strong",
};
const TONES: Record<PasswordJudgement["strength"], string> = {
  weak: "text-loss",
  fair: "text-warn",
  strong: "text-gain",
};
const FILLED: Record<PasswordJudgement["strength"], number> = { weak: 1, fair: 2, strong: 3 };
const RULE = `At least ${PASSWORD_MIN} characters of any kind. A few words in a row are easy to remember.`;

/** How a password is judged as it is typed; null: not yet, or the list of common ones could not be loaded. */
const useJudgement = (password: string, email: string): PasswordJudgement | null => {
  const [judged, setJudged] = useState<(PasswordJudgement & { readonly password: string }) | null>(null);
  useEffect(() => {
    if (password.length < PASSWORD_MIN) return undefined;
    let isCurrent = true;
    judgePassword(password, email).then(
      (judgement) => isCurrent && setJudged({ ...judgement, password }),
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [password, email]);
  return judged?.password === password ? judged : null;
};

const describe = (password: string, judgement: PasswordJudgement | null): string => {
  const missing = PASSWORD_MIN - password.length;
  if (password === "") return RULE;
  if (missing > 0) return `${missing} more ${missing === 1 ? "character" : "characters"}`;
  if (judgement === null) return "…";
  return judgement.refusal === null ? WORDS[judgement.strength] : `It ${judgement.refusal}`;
};

const Bars = ({ judgement }: { readonly judgement: PasswordJudgement | null }) => {
  const filled = judgement === null ? 0 : FILLED[judgement.strength];
  return (
    <span aria-hidden="true" className={`flex gap-1 ${judgement === null ? "" : TONES[judgement.strength]}`}>
      {[1, 2, 3].map((bar) => (
        <span key={bar} className={`h-1 flex-1 rounded-sm ${bar <= filled ? "bg-current" : "bg-line"}`} />
      ))}
    </span>
  );
};

type NewPasswordFieldProps = {
  readonly label: string;
  readonly name: string;
  /** Whose account it is for; "": not known here. */
  readonly email: string;
};

/** A new password, with how hard it is to guess in words. */
export const NewPasswordField = ({ email, ...field }: NewPasswordFieldProps) => {
  const [password, setPassword] = useState("");
  const judgement = useJudgement(password, email);
  return (
    <PasswordField
      {...field}
      autoComplete="new-password"
      minLength={PASSWORD_MIN}
      onChange={(event) => setPassword(event.target.value)}
      hint={
        <span className="grid gap-1 pt-1">
          <Bars judgement={judgement} />
          {/* Two lines at once, so that nothing below moves while one types. */}
          <span role="status" className="min-h-10">
            {describe(password, judgement)}
          </span>
        </span>
      }
    />
  );
};
