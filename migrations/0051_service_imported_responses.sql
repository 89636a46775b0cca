-- Answers brought in from a sheet beside those given by QR.
alter table service.skm_responses
	add column source_key text unique,
	add column imported_by uuid references platform.imports;
alter table service.service_units add column imported_by uuid references platform.imports;
