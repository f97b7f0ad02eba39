# For each service a database of its own with two logins: the migrator, who owns what is in it, and the service, who may do there what the migrations grant. Run once, on the empty server.
for service in orders payments inventory notifications; do
  SERVICE=$service psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres <<'SQL'
\getenv service SERVICE
\set migrator :service _migrator
\set password `cat "/etc/orderflow/passwords/$SERVICE"`
\set migrator_password `cat "/etc/orderflow/passwords/${SERVICE}_migrator"`
create role :"service" login password :'password' connection limit 60;
create role :"migrator" login password :'migrator_password' connection limit 10;
create database :"service";
revoke all on database :"service" from public;
grant connect on database :"service" to :"service";
grant connect, create on database :"service" to :"migrator";
\connect :"service"
revoke all on schema public from public;
SQL
done
psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres <<'SQL'
revoke all on database postgres, template1 from public;
SQL
