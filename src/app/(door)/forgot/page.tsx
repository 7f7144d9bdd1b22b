import type { Metadata } from "next";
import Link from "next/link";
import { ApiProvider } from "~/trpc/react";
import { getPublicApi } from "~/trpc/server";
import { ForgotForm } from "./_components/forgot-form";

export const metadata: Metadata = { title: "Forgot your password" };

export default async function ForgotPage() {
  const { hasMailServer } = await (await getPublicApi()).auth.door();
  return (
    <div className="grid gap-6">
      <div className="grid gap-2">
        <h1 className="text-2xl font-semibold">Forgot your password?</h1>
        <p className="text-sm text-muted">A link to choose a new one goes to the e-mail of your account.</p>
      </div>
      <ApiProvider>
        <ForgotForm hasMailServer={hasMailServer} />
      </ApiProvider>
      <p className="text-sm">
        <Link href="/sign-in" className="link inline-flex min-h-6 items-center">
          Back to sign in
        </Link>
      </p>
    </div>
  );
}
