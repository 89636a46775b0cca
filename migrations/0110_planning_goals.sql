create schema planning;
create table planning.goals (
	id uuid primary key,
	officer_id uuid not null references people.officers,
	competency_id uuid not null references competency.competencies,
	from_level int check (from_level between 1 and 5),
	target_level int not null check (target_level between 1 and 5),
	due_on date not null,
	reason text not null default '',
	set_by uuid,
	set_at timestamptz not null
);
create index goals_officer on planning.goals (officer_id, set_at desc);
create index goals_competency on planning.goals (competency_id);
-- One decision a goal: the superior's. A returned goal is answered by a new one.
create table planning.goal_decisions (
	id uuid primary key,
	goal_id uuid not null unique references planning.goals,
	decision text not null check (decision in ('approved', 'returned')),
	note text not null default '',
	decided_by uuid not null references people.accounts,
	decided_at timestamptz not null
);
create table planning.goal_withdrawals (
	goal_id uuid primary key references planning.goals,
	withdrawn_at timestamptz not null
);
