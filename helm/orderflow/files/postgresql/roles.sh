# For each service a database of its own with two logins: the migrator, who owns what is in it, and the service, who may
# do there what the migrations grant. The empty server runs it once; it may be run again at any time, makes what is
# missing, and gives each login the password that its file has. SERVICES are their names, PASSWORDS the folder with the
# files <service> and <service>_migrator, CONNECTIONS how many each service may open: those of its pods and of one more.
set -e
for service in ${SERVICES:?missing (expected: names of services)}; do
  for login in "$service" "${service}_migrator"; do
    if [ ! -s "${PASSWORDS:=/etc/orderflow/passwords}/$login" ]; then
      echo "$PASSWORDS/$login: not there (expected: a password)" >&2
      exit 1
    fi
  done
  SERVICE=$service PASSWORDS=$PASSWORDS CONNECTIONS=${CONNECTIONS:-72} psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
\getenv service SERVICE
\getenv connections CONNECTIONS
\set migrator :service _migrator
\set password `cat "$PASSWORDS/$SERVICE"`
\set migrator_password `cat "$PASSWORDS/${SERVICE}_migrator"`
select format('create role %I login', login) from unnest(array[:'service', :'migrator']) login
where not exists (select from pg_roles where rolname = login) \gexec
alter role :"service" login password :'password' connection limit :connections;
alter role :"migrator" login password :'migrator_password' connection limit 10;
select format('create database %I', :'service') where not exists (select from pg_database where datname = :'service') \gexec
revoke all on database :"service" from public;
grant connect on database :"service" to :"service";
grant connect, create on database :"service" to :"migrator";
\connect :"service"
revoke all on schema public from public;
SQL
done
psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
revoke all on database postgres, template1 from public;
SQL
