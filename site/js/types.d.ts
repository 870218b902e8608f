// The shapes the API answers with, for the type checker alone: nothing here is served.

export type Account = {
  id: string;
  tag: string;
  name: string;
  number: string;
  kind: "customer" | "partner";
  status: "active" | "suspended" | "closed";
  suspension_reason: string | null;
};

export type Role = "owner" | "manager" | "member";

export type Me = {
  user: {
    id: string;
    first_name: string;
    last_name: string;
    email: string;
    language: string;
    second_factor: boolean;
    nickname: string;
    staff: "support" | "admin" | null;
  };
  account: Account | null;
  standing: "working" | "unattached" | "suspended" | "closed" | "deactivated" | "second_factor_missing" | "staff";
  role: Role | null;
  permissions: string[];
  capacity: "unattached" | "member" | "staff";
  may: string[];
  session: { expires_at: string; idle_seconds: number };
};

export type AccountChoice = {
  id: string;
  name: string;
  number: string;
  kind: "customer" | "partner";
  role: Role;
  current: boolean;
};

export type License = {
  id: string;
  serial_number: string;
  product: { code: string; name: string };
  type: "perpetual" | "subscription" | "trial" | "demo";
  seats: { used: number; total: number } | null;
  starts_on: string;
  ends_on: string | null;
  maintenance_ends_on: string | null;
  state: "active" | "ending" | "ended" | "cancelled";
  order: { number: string; date: string; line: number } | null;
};

export type LicenseDetails = Omit<License, "order"> & {
  order: (NonNullable<License["order"]> & { purchase_order: string | null; invoice_url: string | null }) | null;
};

/** What an account has of one product, of one type, until one day. */
export type SummaryRow = {
  product: { code: string; name: string };
  type: License["type"];
  ends_on: string | null;
  state: License["state"];
  licenses: number;
  seats: { used: number; total: number };
};

export type ReleaseFile = {
  id: string;
  platform: "windows" | "macos" | "linux" | "any";
  arch?: string | null;
  name: string;
  bytes: number;
  sha256: string;
};

export type Release = {
  version: string;
  released_on: string;
  notes: string;
  terms_url: string | null;
  covered: boolean;
  files: ReleaseFile[];
};

export type LicenseList = { items: License[]; next: string | null; scope: "account" | "assigned" };

type Colleague = { id: string; name: string; me: boolean };

/** Something asked of the vendor, on its desk. */
export type DeskRequest = {
  id: string;
  kind: "name" | "email" | "company" | "license_contact" | "taken_back" | "claim" | "dispute" | "renewal";
  asked_at: string;
  who: { id: string; name: string | null; email: string | null };
  account: { id: string; name: string | null; number: string | null } | null;
  wish: string;
  details: Record<string, string | null>;
  reason: string | null;
  owner: Colleague | null;
  approved_first: { by: Colleague; at: string } | null;
  takes_two: boolean;
  may: ("approve" | "refuse")[];
  barred: "own_request" | "same_person" | "admin_only" | null;
};

export type StaffPerson = {
  id: string;
  first_name: string;
  last_name: string;
  email: string;
  status: "invited" | "active" | "closing";
  signed_in_at: string | null;
};

/** An account in the console's list. */
export type AccountRow = Pick<Account, "id" | "name" | "number" | "kind" | "status">;

export type AccountDetails = AccountRow & {
  owner: StaffPerson | null;
  members: number;
  partner: { id: string; name: string; number: string } | null;
  suspension_reason: string | null;
  features: { team_area: boolean; guests_only: boolean; partner: boolean };
};

export type OrderLine = Omit<License, "order" | "seats"> & { line: number; seats: { used: number; total: number } };

export type OrderDetails = {
  number: string;
  account: { id: string; name: string; number: string };
  date: string;
  purchase_order: string | null;
  invoice_url: string | null;
  cancelled_on: string | null;
  cancelled_because: string | null;
  revision: number;
  activation_code: "unused" | "used" | "cancelled" | null;
  lines: OrderLine[];
};

export type ProductDetails = {
  code: string;
  name: string;
  terms_url: string | null;
  trial_days: number | null;
  trial_seats: number;
  withdrawn: boolean;
  revision: number;
};

/** Somebody who asks to join the account. */
export type Claimant = {
  user: { id: string; name: string; email: string };
  reference: string;
  asked_at: string;
};

export type ChangeKind = "name" | "email" | "company" | "license_contact";

export type ChangeRequest = { id: string; kind: ChangeKind; asked_at: string; wish: string };

/** What a person says of themselves; "" is nothing. */
export type Details = {
  title: string;
  first_name: string;
  last_name: string;
  job_title: string;
  phone: string;
  street: string;
  postal_code: string;
  city: string;
  country: string;
  language: string;
};

export type Profile = Details & {
  email: string;
  nickname: string;
  owner: boolean;
  company: { name: string; number: string; verified: boolean; second_factor_required: boolean } | null;
  second_factor: { on: boolean; required: boolean; recovery_codes_left: number };
  requests: ChangeRequest[];
};

export type Enrolment = { secret: string; uri: string; qr: { size: number; path: string } };

export type SessionRow = {
  id: string;
  browser: "firefox" | "chrome" | "edge" | "safari" | "opera" | "other";
  system: "windows" | "macos" | "linux" | "android" | "ios" | "other";
  started_at: string;
  seen_at: string;
  current: boolean;
};

export type FieldError = { pointer: string; code: string; params?: Record<string, string | number> };

declare global {
  interface Window {
    /** Trusted Types, where the browser has them. */
    trustedTypes?: {
      createPolicy(name: string, rules: { createHTML(text: string): string }): { createHTML(text: string): unknown };
    };
  }
}
