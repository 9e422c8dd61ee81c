-- What the role of the application may do, and what not: run by the owner of the tables after its migrations. The names
-- are settings of the transaction, so that no statement tells them. Run again it changes nothing.
DO $$
DECLARE
    application CONSTANT text := current_setting('bottega.role');
    verifier CONSTANT text := current_setting('bottega.verifier');
    home CONSTANT text := current_schema();
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = application) THEN
        EXECUTE format('CREATE ROLE %I', application);
    END IF;
    IF verifier <> '' THEN
        EXECUTE format('ALTER ROLE %I LOGIN PASSWORD %L', application, verifier);
    END IF;

    EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), application);
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', home, application);
    -- Databases made before PostgreSQL 15 let everybody make tables.
    IF has_schema_privilege(application, home, 'CREATE') THEN
        EXECUTE format('REVOKE CREATE ON SCHEMA %I FROM PUBLIC, %I', home, application);
    END IF;

    -- What there is, and what later migrations will make.
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO %I', home, application);
    EXECUTE format('GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA %I TO %I', home, application);
    EXECUTE format(
        'ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO %I', home, application
    );
    EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT USAGE, SELECT ON SEQUENCES TO %I', home, application);

    -- Which migrations are applied it may see, and not say.
    EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON %I.seaql_migrations FROM %I', home, application);
END $$;
