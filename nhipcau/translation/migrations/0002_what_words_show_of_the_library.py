import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('media', '0003_sound_and_film'),
        ('translation', '0001_the_words_of_anything'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='MediaUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='media.mediaitem')),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.revision')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='translation.languageversion')),
            ],
            options={
                'verbose_name': 'use of a file',
                'verbose_name_plural': 'uses of files',
                'constraints': [models.UniqueConstraint(fields=('revision', 'item'), name='a_revision_shows_an_item_once')],
            },
        ),
    ]
