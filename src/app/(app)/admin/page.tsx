import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cursorOf, textOf } from "~/components/lists/with-params";
import { EMAIL_MAX } from "~/contracts/credentials";
import { orNotFound } from "~/trpc/or-not-found";
import { getApi } from "~/trpc/server";
import { InvitesPanel } from "./_components/invites-panel";
import { ModelSpendPanel } from "./_components/model-spend-panel";
import { PeoplePanel } from "./_components/people-panel";
import { PAGE_ROWS } from "./_components/page-rows";

/** The page is there for administrators only: for all others it is as any that never was, its title too. */
const readAsAdmin = async () => {
  const { call } = await getApi();
  const { role, email } = await call.auth.me();
  if (role !== "admin") notFound();
  return { call, email };
};

export const generateMetadata = async (): Promise<Metadata> => {
  await readAsAdmin();
  return { title: "Administration" };
};

export default async function AdminPage({ searchParams }: PageProps<"/admin">) {
  const { call, email } = await readAsAdmin();
  const query = await searchParams;
  const [cursor, text] = [cursorOf(query), textOf(query).slice(0, EMAIL_MAX)];
  const [people, invites, { registration }, spend] = await Promise.all([
    orNotFound(call.admin.people({ text, cursor, limit: PAGE_ROWS })),
    call.admin.invites(),
    call.auth.door(),
    call.admin.modelSpend(),
  ]);
  return (
    <>
      <h1 className="mb-1 text-xl font-semibold">Administration</h1>
      <p className="mb-4 text-sm text-muted">
        Who is here and who may come in. What users trade is not shown. Each change asks for your password and is kept
        in the audit with your name.
      </p>
      <div className="grid gap-4">
        <InvitesPanel initial={invites} registration={registration} />
        <ModelSpendPanel spend={spend} />
        <PeoplePanel key={`${text} ${cursor ?? ""}`} {...{ text, cursor }} page={people} ownEmail={email} />
      </div>
    </>
  );
}
