-- Postgres roles with no more rights than each needs. The owner of the tables runs it after every migration:
--
--   DATABASE_URL=postgresql://owner@host/clerkship clerkship db upgrade
--   psql postgresql://owner@host/clerkship -v ON_ERROR_STOP=1 -f admissions/migrations/roles.sql
--
-- It makes what is missing and may be run again. The roles cannot log in; give them to those who do:
--   CREATE ROLE assistant LOGIN PASSWORD '...' IN ROLE clerkship_app;

BEGIN;

DO $$
DECLARE
    one text;
BEGIN
    FOREACH one IN ARRAY ARRAY['clerkship_app', 'clerkship_program', 'clerkship_report'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = one) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', one);
        END IF;
        EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', one);
    END LOOP;
    FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user LOOP
        EXECUTE format('REVOKE ALL ON %I FROM PUBLIC, clerkship_app, clerkship_program, clerkship_report', one);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO clerkship_app', one);
    END LOOP;
    FOR one IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND sequenceowner = current_user LOOP
        EXECUTE format('GRANT USAGE ON SEQUENCE %I TO clerkship_app', one);
    END LOOP;
    -- the history is written by triggers, in the owner's name: nobody else may write it
    FOR one IN
        SELECT p.oid::regprocedure::text FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace AND p.prorettype = 'trigger'::regtype
            AND pg_get_userbyid(p.proowner) = current_user
    LOOP
        EXECUTE format('ALTER FUNCTION %s SECURITY DEFINER SET search_path = public, pg_temp', one);
    END LOOP;
END $$;

-- The assistant: its bot, action server, workers and Rasa, which makes tables of its own here.
GRANT CREATE ON SCHEMA public TO clerkship_app;
REVOKE INSERT, UPDATE, DELETE ON alembic_version, status_transitions FROM clerkship_app;
REVOKE UPDATE, DELETE ON audit_entries FROM clerkship_app;
REVOKE INSERT, UPDATE, DELETE ON status_changes FROM clerkship_app;
GRANT UPDATE (told_at) ON status_changes TO clerkship_app;

-- Another program that works with placements, as docs/shared-database.md has it.
GRANT SELECT ON applications, application_answers, sites, placements, open_items, notes, status_transitions, status_changes
    TO clerkship_program;
GRANT INSERT (status, reference, moved_as, moved_by), UPDATE (status, moved_as, moved_by)
    ON applications TO clerkship_program;
GRANT INSERT (application_id, question, value) ON application_answers TO clerkship_program;
GRANT INSERT (name) ON sites TO clerkship_program;
GRANT INSERT (application_id, site_id, specialty, first_day, last_day, reply_by, mentor, what_to_bring, status, moved_as,
        moved_by),
    UPDATE (site_id, specialty, first_day, last_day, reply_by, mentor, what_to_bring, status, moved_as, moved_by)
    ON placements TO clerkship_program;
GRANT INSERT (application_id, waits_for, what, opened_by), UPDATE (what, closed_by, closed_at)
    ON open_items TO clerkship_program;
GRANT INSERT (application_id, text, written_by) ON notes TO clerkship_program;
GRANT USAGE ON SEQUENCE applications_id_seq, sites_id_seq, placements_id_seq, open_items_id_seq, notes_id_seq
    TO clerkship_program;

-- Figures: how many, how far, how long; no name, no address, no word of anybody, no document.
GRANT SELECT ON sites, status_transitions, asked_questions, specialties TO clerkship_report;
GRANT SELECT (id, status, begun_at, last_answered_at, submitted_at, taken_at, ended_at) ON applications TO clerkship_report;
GRANT SELECT (application_id, question, answered_at) ON application_answers TO clerkship_report;
GRANT SELECT (id, application_id, site_id, specialty, first_day, last_day, reply_by, status) ON placements
    TO clerkship_report;
GRANT SELECT (id, application_id, placement_id, before, after, role, changed_at, told_at) ON status_changes
    TO clerkship_report;
GRANT SELECT (id, kind, state, version, requested_at, expires_at, changed_at) ON documents TO clerkship_report;
GRANT SELECT (id, advisor_id, status, topic, medium, begins_at, ends_at, created_at, ended_at) ON consultations
    TO clerkship_report;
GRANT SELECT (id, state, requested_at, waits_since, taken_at, resolved_at, is_solved, is_crisis) ON handoffs
    TO clerkship_report;
GRANT SELECT (id, receipt, occasion, forgotten_at, finished_at) ON forgettings TO clerkship_report;

COMMIT;
